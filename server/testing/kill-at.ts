import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestSource } from "./test-source.ts";
import { waitFor } from "./wait-for.ts";

const SCRIPT = fileURLToPath(new URL("./crashing-run.ts", import.meta.url));

export type CrashPoint =
  | "before the intent"
  | "after the intent, before the file"
  | "after the file, before the commit"
  | "at the commit"
  | "after the commit";

/** Has another process do the run that is asked for, and kills it (SIGKILL) at that point. */
export async function killAt(source: TestSource, point: CrashPoint): Promise<void> {
  await source.request("manual");
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, source.url, source.folder, point], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += String(data)));
  child.stderr.on("data", (data: Buffer) => (said += String(data)));
  try {
    await waitFor(
      () => {
        if (said.includes("standing still")) return true;
        if (child.exitCode !== null) throw new Error(`the run ended before "${point}": ${said}`);
        return false;
      },
      { what: `a run that stands still ${point}`, ms: 15_000 },
    );
  } finally {
    await kill(child);
  }
  await source.ageLock();
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
