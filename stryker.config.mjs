// Mutants of the pure code, which the tests are to kill. How to run it, and what survived: docs/proof.md.
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutants.config.ts" },
  mutate: ["lib/{sync,yaml}/**/*.ts", "!lib/**/*.{test,fixture}.ts", "!lib/**/testing/**"],
  concurrency: 1,
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  // A machine that has other work is slow, and what takes long is no endless loop yet.
  dryRunTimeoutMinutes: 60,
  timeoutMS: 90_000,
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { reportTests: false, allowColor: false },
};
