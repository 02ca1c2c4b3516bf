import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const NO_ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Read it in config/env.ts.",
};
const NO_SQL = {
  selector: "CallExpression[callee.type='MemberExpression'][callee.property.name='query']",
  message: "SQL is written in server/store; call a function of it.",
};

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      ".next/",
      "dist/",
      "data/",
      "next-env.d.ts",
      "server/store/generated/",
      "test-results/",
      "playwright-report/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{js,mjs,cjs,ts,tsx}"],
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-console": "off",
      eqeqeq: "error",
      "prefer-const": "error",
      "no-var": "error",
      "no-debugger": "error",
      "no-constant-condition": ["error", { checkLoops: false }],
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // These two judge by types finer than ours are written, and a needless assertion does no harm.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      "@typescript-eslint/no-redundant-type-constituents": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      // An async function without await keeps a port's signature; a template may hold a number.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
    },
  },
  {
    // vitest's asymmetric matchers are typed `any`.
    files: ["**/*.test.{ts,tsx}", "e2e/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  {
    // A test's describe() holds many small tests, so only code that ships is held to the length.
    files: ["{app,components,lib,server,config,scripts,proof}/**/*.{ts,tsx,mjs}"],
    ignores: ["**/*.test.{ts,tsx}", "**/testing/**"],
    rules: {
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["**/*.tsx"], ...reactHooks.configs.flat.recommended },
  {
    // Pure and browser-safe: no effects, no clock, no environment.
    files: ["lib/**/*.ts"],
    ignores: ["**/*.test.ts", "**/*.fixture.ts", "lib/**/testing/**"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "setTimeout", "setInterval", "fetch", "crypto"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "lib has no clock: take the time as a parameter." },
        { object: "Math", property: "random", message: "lib is deterministic." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "lib has no clock." },
      ],
    },
  },
  {
    // A run takes files, clock and waits as values, so that the proof can drive all of them.
    files: ["server/runs/**/*.ts"],
    ignores: ["**/*.test.ts", "**/testing/**"],
    rules: {
      "no-restricted-globals": ["error", "setTimeout", "setInterval", "performance"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Take context.clock." },
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: ["node:fs", "node:fs/promises", "node:timers"],
          patterns: [{ group: ["node:timers/promises"], importNamePattern: "^(?!setImmediate$)" }],
        },
      ],
    },
  },
  {
    // config/env.ts is the sole reader of the environment; the entry hands it over.
    files: ["{app,components,server}/**/*.{ts,tsx}"],
    ignores: ["**/*.test.{ts,tsx}", "**/testing/**", "server/embedded/**", "server/main.ts"],
    rules: { "no-restricted-syntax": ["error", NO_ENVIRONMENT] },
  },
  {
    // Only server/store speaks SQL. The embedded PostgreSQL is looked after before there is a store.
    files: ["server/**/*.ts"],
    ignores: ["**/*.test.ts", "**/testing/**", "server/embedded/**", "server/main.ts", "server/store/**"],
    rules: { "no-restricted-syntax": ["error", NO_ENVIRONMENT, NO_SQL] },
  },
);
