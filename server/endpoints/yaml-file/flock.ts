import { setTimeout } from "node:timers/promises";
import { EndpointUnwritable } from "../errors.ts";
import { FlockKeeper } from "./flock-keeper.ts";

/** Pauses before the attempts, in milliseconds: a lock that is held for longer than these together is busy. */
const PAUSES = [0, 10, 20, 40, 80, 160, 320];

const idle: FlockKeeper[] = [];

/**
 * Takes the exclusive lock that programs take with flock(2), such as Python's `fcntl.flock`. Where there is no program
 * `flock`, or the file cannot be opened or locked, there is no lock to respect.
 * @returns frees the lock.
 * @throws {EndpointUnwritable} another program holds it for longer than a moment.
 */
export async function takeFlock(path: string): Promise<() => void> {
  // A path is a line for the keeper.
  if (path.includes("\n")) return () => undefined;
  const keeper = readyKeeper();
  const giveBack = () => {
    keeper.free();
    idle.push(keeper);
  };
  for (const pause of PAUSES) {
    if (pause > 0) await setTimeout(pause);
    if ((await keeper.take(path)) !== "held") return giveBack;
    keeper.free();
  }
  idle.push(keeper);
  throw new EndpointUnwritable(`${path} is locked by another process (flock)`);
}

/** One that is idle, or a new one: sources are written at the same time. */
function readyKeeper(): FlockKeeper {
  for (let keeper = idle.pop(); keeper; keeper = idle.pop()) if (!keeper.isGone) return keeper;
  return new FlockKeeper();
}
