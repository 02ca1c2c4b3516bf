import { type ChildProcess, spawn } from "node:child_process";

export interface Step {
  name: string;
  program: string;
  args: string[];
  env?: Record<string, string | undefined>;
  /** Working directory; the present one when left out. */
  cwd?: string;
}

const running = new Set<ChildProcess>();

/** Passes a signal on to the running steps, so that they clean up. */
export function stopSteps(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/**
 * Runs a step and prints its heading, its output and its time; true when it succeeded. With `live` the output is printed
 * as it comes, else in one piece at the end, so that the output of steps running side by side does not mix.
 */
export function runStep(step: Step, live: boolean): Promise<boolean> {
  const started = performance.now();
  if (live) console.log(`\n== ${step.name}`);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(step.program, step.args, {
      stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
      env: { ...process.env, ...step.env },
      ...(step.cwd === undefined ? {} : { cwd: step.cwd }),
    });
    running.add(child);
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => chunks.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      running.delete(child);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (!live) {
        console.log(`\n== ${step.name}`);
        process.stdout.write(Buffer.concat(chunks));
      }
      console.log(`-- ${step.name}: ${code === 0 ? "ok" : "FAILED"}, ${seconds} s`);
      resolve(code === 0);
    });
  });
}
