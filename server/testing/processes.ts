import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";
import { SOURCE, type TestSource } from "./test-source.ts";
import { waitFor } from "./wait-for.ts";

function start(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(inject("programs"), program), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (said += String(data)));
  return { child, said: () => said };
}

/** Runs one of this folder's programs in a process of its own. @throws when it fails, with what it said. */
export async function runProgram(program: string, args: string[]): Promise<void> {
  const { child, said } = start(`${program}.mjs`, args);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${said()}`);
}

export interface WorkerProcess {
  pid: number;
  said(): string;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A whole worker, as `ROLE=worker` starts it, on the source's database and file. */
export async function startWorkerProcess(
  source: TestSource,
  env: Record<string, string> = {},
): Promise<WorkerProcess> {
  const { child, said } = start("main.mjs", [], {
    ROLE: "worker",
    DATABASE_URL: source.url,
    SCHEDULE_FILE: source.path,
    DATA_DIR: join(source.folder, `data-${Math.random().toString(36).slice(2)}`),
    LOG_LEVEL: "info",
    ...env,
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  const worker = { pid: child.pid ?? 0, said, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
  await waitFor(
    () => {
      if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}:\n${said()}`);
      return said().includes('"worker ready"');
    },
    { what: `a worker for ${SOURCE}`, ms: 40_000 },
  );
  return worker;
}
