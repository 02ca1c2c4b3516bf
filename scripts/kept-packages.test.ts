import { expect, it } from "vitest";
import { importedPackages, keptPackages } from "./kept-packages.ts";

it("finds the packages that a module imports", () => {
  const text =
    `import pg from "pg";\nimport { a } from "@scope/a/deep/file.js";\nimport "side";\n` +
    `import x from "./ours.ts";\nimport { y } from "node:fs";\n` +
    `const z = await import("late/part"); require("old"); require.resolve("found")`;
  expect(importedPackages(text)).toEqual(["pg", "@scope/a", "side", "late", "old", "found"]);
});

it("keeps the needed packages in the places where Node looks for them", () => {
  const packages = {
    "": {},
    "node_modules/a": {
      dependencies: { b: "1", "@s/c": "1" },
      optionalDependencies: { "heavy-linux": "1" },
      peerDependencies: { p: "1", q: "1" },
      peerDependenciesMeta: { q: { optional: true } },
    },
    "node_modules/a/node_modules/b": { dependencies: { d: "1" } },
    "node_modules/b": { dependencies: { e: "1" } },
    "node_modules/@s/c": { dependencies: { a: "1" } },
    "node_modules/d": {},
    "node_modules/e": {},
    "node_modules/heavy-linux": {},
    "node_modules/p": {},
    "node_modules/q": {},
  };
  expect([...keptPackages({ packages }, ["a"], /^heavy/)].sort()).toEqual([
    "node_modules/@s/c",
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/d",
    "node_modules/p",
  ]);
});
