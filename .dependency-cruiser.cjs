// The house's import rules. Data flows one way; nothing imports backward.

/** Tests and the helpers that only they import. */
const TEST = "(\\.(test|fixture)\\.tsx?$)|(/testing/)";
/** Our own folders, as opposed to npm packages and Node's modules. */
const OURS = "^(app|components|lib|server|config|scripts|bench|e2e|deploy|docs|proof)/";
/** The folders of `server/endpoints/` that more than one kind uses; every other folder there is a kind. */
const SHARED = "(over-http|schedule-text|testing)";
const KIND = `^server/endpoints/(?!${SHARED}/)[^/]+/`;
const NODE_MODULES = "(^|/)node_modules/";

/** Modules under `from` may import, of ours, only what matches one of `allowed`. */
function only(name, from, allowed) {
  return {
    name,
    severity: "error",
    from: { path: from, pathNot: TEST },
    to: { path: OURS, pathNot: allowed },
  };
}

function never(name, from, to) {
  return { name, severity: "error", from: { path: from, pathNot: TEST }, to: { path: to } };
}

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(vitest|next)/" },
    },
    {
      name: "no-undeclared-package",
      comment: "What is not in package.json is there by accident.",
      severity: "error",
      from: { path: OURS },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-dev-package-at-run-time",
      severity: "error",
      from: { path: "^(app|components|lib|server|config)/", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "type-only"] },
    },

    only("lib-imports-lib-only", "^lib/", ["^lib/"]),
    {
      name: "lib-is-pure",
      comment: "Browser-safe: the packages named here and none of Node's modules.",
      severity: "error",
      from: { path: "^lib/", pathNot: TEST },
      to: {
        pathNot: ["^lib/", `${NODE_MODULES}(yaml|zod|croner|jsonc-parser|@noble/hashes)/`],
        dependencyTypesNot: ["type-only"],
      },
    },
    only("components-import-lib-and-components-only", "^components/", ["^lib/", "^components/"]),
    never(
      "components-are-browser-safe",
      "^components/",
      `^node:|${NODE_MODULES}(@prisma|pg|graphile-worker|pino)/`,
    ),
    only("app-imports-no-insides", "^app/", [
      "^(app|components|lib|config)/",
      "^server/(commands|queries|web)/",
    ]),
    only("config-imports-nothing-of-ours", "^config/", ["^config/"]),

    {
      name: "only-store-imports-prisma",
      severity: "error",
      from: { path: OURS, pathNot: ["^server/store/", "^(bench|scripts|e2e)/"] },
      to: { path: [`${NODE_MODULES}@prisma/`, "^server/store/generated/"] },
    },
    only("store-imports-lib-and-config-only", "^server/store/", [
      "^server/store/",
      "^lib/",
      "^config/",
      "^server/(log|clock)\\.ts$",
    ]),
    never("runs-never-import-triggers", "^server/runs/", "^server/(worker|web|commands|queries)/"),
    {
      name: "runs-know-the-port-only",
      comment: "A kind of endpoint is known to server/endpoints/registry.ts and to nothing else.",
      severity: "error",
      from: { path: "^server/", pathNot: [TEST, "^server/endpoints/"] },
      to: { path: "^server/endpoints/[^/]+/" },
    },
    {
      name: "kinds-know-no-other-kind",
      comment:
        "What two kinds need lies beside them: over-http/ asks an API, schedule-text/ is tasks as YAML.",
      severity: "error",
      from: { path: "^server/endpoints/([^/]+)/", pathNot: TEST },
      to: { path: KIND, pathNot: "^server/endpoints/$1/" },
    },
    never("endpoints-know-no-caller", "^server/endpoints/", "^server/(runs|commands|queries|worker|web)/"),
    never("commands-and-queries-know-no-caller", "^server/(commands|queries)/", "^server/(web|worker)/"),
    never("queries-only-read", "^server/queries/", "^server/(commands|runs)/"),
    never("web-never-syncs", "^server/web/", "^server/(runs|worker|endpoints)/"),
    only("embedded-stands-alone", "^server/embedded/", ["^server/embedded/"]),
    never("server-knows-no-page", "^server/", "^(app|components)/"),
    never(
      "only-tests-import-test-helpers",
      "^(app|components|lib|config|server)/",
      "/testing/|\\.fixture\\.ts$",
    ),
    {
      name: "nothing-imports-the-browser-tests",
      comment: "Tests neither: what both need lies in a testing/ folder.",
      severity: "error",
      from: { path: "^(app|components|lib|server|config|deploy)/" },
      to: { path: "^e2e/" },
    },
    never(
      "nothing-imports-tooling",
      "^(app|components|lib|server|config)/",
      "^(scripts|bench|e2e|deploy|docs|proof)/",
    ),

    {
      name: "no-orphans",
      comment: "A module that nothing imports and that imports nothing is dead.",
      severity: "error",
      from: {
        orphan: true,
        path: OURS,
        pathNot: [TEST, "\\.d\\.ts$", "^(app|scripts|bench|e2e|docs|proof)/"],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^server/store/generated/"] },
    exclude: { path: ["^\\.next/", "^data/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".css"],
    },
    cache: { folder: "node_modules/.cache/dependency-cruiser", strategy: "content" },
  },
};
