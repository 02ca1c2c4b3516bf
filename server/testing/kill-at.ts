import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";
import type { RunRequest } from "../../lib/run/request.ts";
import type { TestSource } from "./test-source.ts";
import { waitFor } from "./wait-for.ts";

export type CrashPoint =
  | "before the intent"
  | "after the intent, before the file"
  | "after the file, before the commit"
  | "at the commit"
  | "after the commit";

/** Has another process do the run that is asked for, and kills it (SIGKILL) at that point. */
export async function killAt(
  source: TestSource,
  point: CrashPoint,
  ask: RunRequest | null = null,
): Promise<void> {
  const { child } = await standAt(source, point, 30_000, ask);
  await kill(child);
  await source.ageLock();
}

/** A process that was stopped (SIGSTOP) in the middle of a run. */
export interface StoppedRun {
  /** Lets the process go on (SIGCONT), and waits until it has nothing left to do. */
  goOn(): Promise<void>;
  kill(): Promise<void>;
}

/** Has another process do the run that is asked for, and stops it (SIGSTOP) at that point. */
export async function stopAt(source: TestSource, point: CrashPoint, leaseMs: number): Promise<StoppedRun> {
  const { child, said } = await standAt(source, point, leaseMs);
  child.kill("SIGSTOP");
  await source.ageLock();
  return {
    goOn: async () => {
      const gone = once(child, "exit");
      child.stdin?.write("go on\n");
      child.kill("SIGCONT");
      const [code] = (await gone) as [number | null];

      if (code !== 0) throw new Error(`the process that went on ended with ${code}: ${said()}`);
    },
    kill: () => kill(child),
  };
}

async function standAt(
  source: TestSource,
  point: CrashPoint,
  leaseMs: number,
  ask: RunRequest | null = null,
) {
  await source.request("manual", ask);
  const args = [source.url, source.folder, point, String(leaseMs)];
  const child = spawn(process.execPath, [join(inject("programs"), "crashing-run.mjs"), ...args]);
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += String(data)));
  child.stderr.on("data", (data: Buffer) => (said += String(data)));
  try {
    await waitFor(
      () => {
        if (said.includes("standing still\n")) return true;
        if (child.exitCode !== null) throw new Error(`the run ended before "${point}": ${said}`);
        return false;
      },
      { what: `a run that stands still ${point}`, ms: 15_000 },
    );
  } catch (error) {
    await kill(child);
    throw error;
  }
  return { child, said: () => said };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
