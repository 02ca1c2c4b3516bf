import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/**
 * Reads a path, opens it, locks it and says how that ended; another line frees it. The lock belongs to the file that the
 * shell has open, so `flock` itself may end. `command` keeps the shell alive where the file cannot be opened.
 */
const PROGRAM = `
while IFS= read -r path; do
  if command exec 3<"$path"; then flock -n -x 3; echo $?; else echo none; fi
  IFS= read -r _ || exit
  exec 3<&-
done`;

/** What flock(1) ends with where another holds the lock; any other failure means that it cannot lock there. */
const HELD = "1";

/**
 * A shell that takes flock(2) for us, as Node has no such call. It stays, because starting a program from a process as
 * large as a worker takes some ten milliseconds in which the worker can do nothing else. It ends with this process, however
 * that ends, and the lock with it.
 */
export class FlockKeeper {
  private readonly shell: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: Interface;
  private readonly gone: Promise<undefined>;
  isGone = false;

  constructor() {
    this.shell = spawn("sh", ["-c", PROGRAM], { stdio: ["pipe", "pipe", "ignore"] });
    this.answers = createInterface({ input: this.shell.stdout });
    // Writing to a shell that has ended is answered by its end.
    this.shell.stdin.on("error", () => undefined);
    this.gone = new Promise((resolve) => {
      const end = () => {
        this.isGone = true;
        resolve(undefined);
      };
      this.shell.on("error", end).on("close", end);
    });
    this.holdProcess(false);
  }

  /**
   * Tries to take the lock. `held` says that another has it; `none` that there is nothing to lock, or no program for it.
   * Call `free` after every answer, before the next try.
   */
  async take(path: string): Promise<"taken" | "held" | "none"> {
    this.holdProcess(true);
    try {
      const answer = once(this.answers, "line") as Promise<[string]>;
      answer.catch(() => undefined);
      this.shell.stdin.write(`${path}\n`);
      const [code] = (await Promise.race([answer, this.gone])) ?? [];
      return code === "0" ? "taken" : code === HELD ? "held" : "none";
    } finally {
      this.holdProcess(false);
    }
  }

  free(): void {
    if (!this.isGone) this.shell.stdin.write("\n");
  }

  /** An idle shell does not keep this process from ending. */
  private holdProcess(hold: boolean): void {
    for (const each of [this.shell, this.shell.stdin, this.shell.stdout] as {
      ref?(): void;
      unref?(): void;
    }[])
      if (hold) each.ref?.();
      else each.unref?.();
  }
}
