import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "../../server/testing/test-server.ts";
import type { Fault } from "./fault.ts";
import { DECISION } from "./faults/decision.ts";
import { FILE } from "./faults/file.ts";
import { RUNS } from "./faults/runs.ts";
import { TEXT } from "./faults/text.ts";
import { type Finder, finders } from "./finders.ts";

export const FAULTS: readonly Fault[] = [...DECISION, ...TEXT, ...FILE, ...RUNS];
const COPIED = [
  "config",
  "e2e",
  "lib",
  "prisma",
  "proof",
  "scripts",
  "server",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];

/**
 * Puts each fault into a copy of the code, one at a time, and looks who finds it: the simulator on either
 * level, or the tests that the fault names. Prints a table.
 * @param only parts of the names or the files of the faults to try; undefined: all.
 * @returns whether every fault was found.
 */
export async function plant(only: readonly string[] | undefined): Promise<boolean> {
  const faults = FAULTS.filter(
    ({ name, file }) => only?.some((part) => name.includes(part) || file.includes(part)) ?? true,
  );
  const server = await startTestServer();
  const copy = await mkdtemp(join(tmpdir(), "lockstep-planted-"));
  try {
    for (const name of COPIED) await cp(name, join(copy, name), { recursive: true });
    await symlink(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
    await checkWithoutFault(copy, finders(server.url));
    let found = 0;
    for (const fault of faults) {
      const by = await findIn(copy, fault, finders(server.url));
      if (by !== null) found++;
      console.log(`| ${fault.name} | ${by ?? "NOT FOUND"} |`);
    }
    console.log(`\n${found} of ${faults.length} planted faults were found.`);
    return found === faults.length;
  } finally {
    await rm(copy, { recursive: true, force: true });
    await server.stop();
  }
}

/** @throws when a finder fails on the right code: it would then find everything, and prove nothing. */
async function checkWithoutFault(copy: string, tried: readonly Finder[]): Promise<void> {
  const none: Fault = {
    name: "none",
    file: "",
    from: "",
    to: "",
    tests: ["lib/sync/merge.test.ts", "server/store/outbox.pg.test.ts"],
  };
  for (const finder of tried)
    if (await finder.finds(copy, none)) throw new Error(`${finder.name} fails without any planted fault`);
}

/** @returns who found the fault, in words; null: nobody. */
async function findIn(copy: string, fault: Fault, tried: readonly Finder[]): Promise<string | null> {
  const path = join(copy, fault.file);
  const right = await readFile(path, "utf8");
  await writeFile(path, withFault(right, fault));
  try {
    for (const finder of tried) {
      const started = performance.now();
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
      if (await finder.finds(copy, fault)) return `${finder.name}, ${seconds()}`;
    }
    return null;
  } finally {
    await writeFile(path, right);
  }
}

/** @throws when the text to be replaced does not stand exactly once: then the fault is out of date. */
export function withFault(text: string, { name, file, from, to }: Fault): string {
  if (text.split(from).length !== 2)
    throw new Error(`the planted fault "${name}" does not fit ${file} any more`);
  return text.replace(from, () => to);
}
