// Mutants of the pure code, which the tests are to kill. How to run it, and what survived: docs/proof.md.
const work = "node_modules/.cache/mutants";

export default {
  testRunner: "collected",
  plugins: ["./proof/mutants/runner.mjs"],
  collected: {
    tests: ["lib/{sync,yaml}/!(*.fuzz).test.ts", "proof/kept-stories.test.ts"],
    // These say nothing with few cases.
    without: [
      "never reads a text differently than the parser",
      "never reads a value differently than the parser",
    ],
  },
  mutate: ["lib/{sync,yaml}/**/*.ts", "!lib/**/*.{test,fixture}.ts", "!lib/**/testing/**"],
  ignorePatterns: [
    "/.next",
    "/dist",
    "/data",
    "/docs",
    "/e2e",
    "/app",
    "/components",
    "/proof/mutants/node_modules",
  ],
  // To rewrite its paths Stryker would need TypeScript beside itself, and nothing here reads them.
  tsconfigFile: "none",
  concurrency: 1,
  coverageAnalysis: "perTest",
  // What is computed when a module is loaded would need all tests to be loaded anew for each of its mutants.
  ignoreStatic: true,
  // What was killed or survived is known until its file or its tests change.
  incremental: true,
  incrementalFile: `${work}/incremental.json`,
  tempDirName: `${work}/sandbox`,
  dryRunTimeoutMinutes: 10,
  timeoutMS: 10_000,
  disableTypeChecks: false,
  warnings: { unknownOptions: false },
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { reportTests: false, allowColor: false },
  jsonReporter: { fileName: `${work}/mutants.json` },
};
