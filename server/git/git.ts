import { execFile } from "node:child_process";
import { programEnv } from "../../config/env.ts";

const TIMEOUT_MS = 5_000;

/**
 * A repository's own configuration can name programs to run (file system monitors, hooks, signature checkers,
 * transports). A person who may write the file's folder must not be able to run programs as this process.
 */
const NOTHING_RUNS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "log.showSignature=false",
  "log.mailmap=false",
  "protocol.allow=never",
].flatMap((setting) => ["-c", setting]);

export interface GitAnswer {
  ok: boolean;
  out: string;
}

/**
 * Runs a git command that changes nothing. It never throws and waits at most `timeout` milliseconds; `ok` is
 * false when there is no git or no answer.
 */
export function askGit(folder: string, args: readonly string[], timeout = TIMEOUT_MS): Promise<GitAnswer> {
  const env = {
    ...programEnv(),
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_LITERAL_PATHSPECS: "1",
  };
  return new Promise((resolve) => {
    execFile(
      "git",
      ["--no-pager", ...NOTHING_RUNS, ...args],
      { cwd: folder, env, timeout, killSignal: "SIGKILL", maxBuffer: 64 * 1024, windowsHide: true },
      (error, out) => resolve({ ok: error === null, out }),
    );
  });
}
