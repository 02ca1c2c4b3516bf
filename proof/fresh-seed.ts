import { execFileSync } from "node:child_process";

/**
 * A seed that no commit before had: every commit plays stories of its own, and the same ones each time it is
 * tested. Outside of git it follows from the time.
 */
export function freshSeed(): number {
  try {
    const commit = execFileSync("git", ["rev-parse", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number.parseInt(commit.slice(0, 7), 16);
  } catch {
    return Date.now() % 1_000_000_000;
  }
}
