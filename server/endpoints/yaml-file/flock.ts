import { spawn } from "node:child_process";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { EndpointUnwritable } from "../errors.ts";

/** Pauses before the attempts, in milliseconds: a lock that is held for longer than these together is busy. */
const PAUSES = [0, 10, 20, 40, 80, 160, 320];
/** What flock(1) ends with where another holds the lock; any other failure means that it cannot lock there. */
const HELD = 1;

/**
 * Takes the exclusive lock that programs take with flock(2), such as Python's `fcntl.flock`. Node has no such call, and
 * the lock belongs to the open file, not to the process. So the program `flock` locks a descriptor that it gets from us,
 * and ends; the lock is ours until we close the file. Where there is no such program, or the file cannot be opened or
 * locked, there is no lock to respect.
 * @returns closes the file, and frees the lock.
 * @throws {EndpointUnwritable} another program holds it for longer than a moment.
 */
export async function takeFlock(path: string): Promise<() => Promise<void>> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return async () => undefined;
  const release = () => file.close();
  try {
    for (const pause of PAUSES) {
      if (pause > 0) await setTimeout(pause);
      if ((await lockOpenFile(file)) !== HELD) return release;
    }
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  throw new EndpointUnwritable(`${path} is locked by another process (flock)`);
}

/** @returns what the program ended with; undefined when there is none. */
function lockOpenFile(file: FileHandle): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn("flock", ["-n", "-x", "3"], { stdio: ["ignore", "ignore", "ignore", file.fd] });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code ?? undefined));
  });
}
