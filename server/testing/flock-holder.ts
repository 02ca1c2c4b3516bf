import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Programs that hold flock(2) on a file until their input ends, and say `held` as soon as they have it. */
const PROGRAMS = {
  python3: (path: string) => [
    "-c",
    `import fcntl, sys
with open(sys.argv[1], "r+") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()`,
    path,
  ],
  flock: (path: string) => ["-x", path, "-c", "echo held; cat > /dev/null"],
};
type Program = keyof typeof PROGRAMS;

/** Those that this machine has. */
export const FLOCK_PROGRAMS = (Object.keys(PROGRAMS) as Program[]).filter(
  (program) => spawnSync(program, ["--version"]).status === 0,
);

/** Starts one. @returns ends it, which frees the lock. */
export async function holdFlock(program: Program, path: string): Promise<() => Promise<void>> {
  const child = spawn(program, PROGRAMS[program](path), { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, "exit");
  };
}
