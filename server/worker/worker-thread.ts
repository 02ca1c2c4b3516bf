import { Worker } from "node:worker_threads";
import { logger } from "../log.ts";

const RESTART_MS = 1_000;

/**
 * Runs the worker in a thread of this process. A thread that dies is started again; its unfinished work is in
 * the database. Resolves after the run at start-up.
 */
export async function startWorkerThread(): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let worker: Worker | undefined;
  await spawn();

  async function spawn(): Promise<void> {
    const next = new Worker(new URL("./worker-thread.mjs", import.meta.url));
    next.on("error", (error) => logger("worker").error({ err: error }, "the worker thread failed"));
    next.once("exit", () => {
      if (stopped || next !== worker) return;
      setTimeout(() => void respawn(), RESTART_MS);
    });
    await new Promise<void>((ready, fail) => {
      next.once("message", () => ready());
      next.once("error", fail);
      next.once("exit", (code) => fail(new Error(`the worker thread ended with code ${code}`)));
    });
    worker = next;
  }

  async function respawn(): Promise<void> {
    try {
      await spawn();
    } catch {
      if (!stopped) setTimeout(() => void respawn(), RESTART_MS);
    }
  }

  return {
    async stop() {
      stopped = true;
      if (!worker) return;
      const last = worker;
      const gone = new Promise((resolve) => last.once("exit", resolve));
      last.postMessage("stop");
      await gone;
    },
  };
}
