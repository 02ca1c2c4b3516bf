import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Fault } from "./fault.ts";

/** Who may find a planted fault. */
export interface Finder {
  name: string;
  finds(folder: string, fault: Fault): Promise<boolean>;
}

/** Every fault is tried with the same seeds, so that the table is the same each time. */
const SEED = "1";
const IN_MEMORY = "1500";
const ON_REAL_PARTS = "80";
/** No finder takes this long, even on a busy machine. Whoever does has found nothing. */
const LONGEST_MS = 600_000;

/** From the quickest to the slowest. @param postgres a running server, which all of them use. */
export function finders(postgres: string): Finder[] {
  const simulator = (level: string, histories: string): Finder => ({
    name: `simulator, ${level}`,
    finds: async (folder, { file }) => {
      // In memory only the pure code runs.
      if (level === "memory" && /^(server|prisma)/.test(file)) return false;
      const script = [
        "--import",
        "tsx",
        "proof/run.ts",
        "--seed",
        SEED,
        "--histories",
        histories,
        "--no-shrink",
      ];
      return fails(folder, [...script, "--level", level], postgres);
    },
  });
  const tests: Finder = {
    name: "tests",
    finds: (folder, fault) =>
      fails(folder, ["node_modules/vitest/vitest.mjs", "run", "--bail=1", ...fault.tests], postgres),
  };
  return [simulator("memory", IN_MEMORY), simulator("real", ON_REAL_PARTS), tests];
}

async function fails(folder: string, command: readonly string[], postgres: string): Promise<boolean> {
  const child = spawn(process.execPath, command, {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, TEST_DATABASE_URL: postgres },
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code !== null && code !== 0;
}
