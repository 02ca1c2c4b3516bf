import { execFileSync } from "node:child_process";
import type { Lockstep } from "./lockstep.ts";

/** Commits the present schedule file, in a repository that is created for it. */
export function commit(lockstep: Lockstep): void {
  git(lockstep, "init", "-q");
  git(lockstep, "add", lockstep.file);
  git(
    lockstep,
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.com",
    "commit",
    "--allow-empty",
    "-qm",
    "schedule",
  );
}

/** The lines that `git diff` shows as removed and added, without the file's header. */
export function changedLines(lockstep: Lockstep): string[] {
  return git(lockstep, "diff", "-U0")
    .split("\n")
    .filter((line) => /^[-+](?![-+])/.test(line));
}

export function git(lockstep: Lockstep, ...args: string[]): string {
  return execFileSync("git", args, { cwd: lockstep.home, encoding: "utf8" });
}
