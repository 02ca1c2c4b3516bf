import type { Fault } from "../fault.ts";

/** Mistakes in how the file is read and written: `lib/yaml`. */
export const TEXT: readonly Fault[] = [
  {
    name: "a map is written anew where one of its keys changed",
    file: "lib/sync/diff.ts",
    from: "if (!isMap(was) || !isMap(is) || !Object.keys(was).some((key) => Object.hasOwn(is, key))) {",
    to: "if (path.length > 0) {",
    tests: ["lib/sync/diff.test.ts"],
  },
  {
    name: "an edited item's value is not verified, and a quote in it is not doubled",
    file: "lib/yaml/quote.ts",
    from: `return \`'\${value.replaceAll("'", "''")}'\`;`,
    to: "return `'${value}'`;",
    tests: ["lib/yaml/quote.test.ts", "lib/yaml/edit"],
  },
  {
    name: "text that YAML 1.1 reads as another type is written without quotes",
    file: "lib/yaml/quote.ts",
    from: "return !AMBIGUOUS.some((pattern) => pattern.test(value));",
    to: "return AMBIGUOUS.length > 0;",
    tests: ["lib/yaml/quote.test.ts", "lib/yaml/edit"],
  },
  {
    name: "a comment sign in a plain text is not quoted",
    file: "lib/yaml/quote.ts",
    from: "if (/:(?:\\s|$)|\\s#/.test(value)) return false;",
    to: "if (/:(?:\\s|$)/.test(value)) return false;",
    tests: ["lib/yaml/quote.test.ts", "lib/yaml/edit"],
  },
  {
    name: "what is gone from the file is not among what changed",
    file: "lib/yaml/changed-keys.ts",
    from: "  for (const key of unmatched.keys()) changed.add(key);\n  return changed;",
    to: "  return changed;",
    tests: ["lib/yaml/changed-keys", "server/runs"],
  },
  {
    name: "an edited item counts as unchanged where its number stayed",
    file: "lib/yaml/changed-keys.ts",
    from: "    else changed.add(entry.key);",
    to: "    else if (earlier === undefined) changed.add(entry.key);\n    else unmatched.delete(entry.key);",
    tests: ["lib/yaml/changed-keys", "server/runs"],
  },
  {
    name: "half a file is never taken for half a save",
    file: "lib/yaml/may-be-half.ts",
    from: "if (before === undefined) return true;",
    to: "if (before !== null) return false;",
    tests: ["lib/yaml/may-be-half.test.ts", "server/runs/slow-save.pg.test.ts"],
  },
  {
    name: "an added task is written even where its id is taken",
    file: "lib/yaml/edit.ts",
    from: "if (added.has(key) || document.held.has(key) || (numbers.has(key) && !leaving.has(key))) {",
    to: "if (added.has(key)) {",
    tests: ["lib/yaml/edit"],
  },
];
