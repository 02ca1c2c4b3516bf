import { parentPort } from "node:worker_threads";
import { env } from "../../config/env.ts";
import { startWorker } from "./start-worker.ts";

const worker = await startWorker(env());
parentPort?.on("message", () => {
  void worker.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
parentPort?.postMessage("ready");
