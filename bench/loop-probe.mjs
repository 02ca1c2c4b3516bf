// Loaded into the measured server with --import, in its main thread and in each of its threads:
// measures how late the event loop is, and tells when asked over the process's channel.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

const isWorker = !isMainThread && process.argv[1]?.includes("worker-thread");
const histogram = monitorEventLoopDelay({ resolution: 1 });
histogram.enable();

const channel = new BroadcastChannel("lockstep-bench");
channel.unref();

function report() {
  const ms = (nanoseconds) => nanoseconds / 1e6;
  return {
    p50: ms(histogram.percentile(50)),
    p99: ms(histogram.percentile(99)),
    max: ms(histogram.max),
    samples: histogram.count,
  };
}

if (isMainThread && process.send) {
  process.on("message", (message) => {
    if (message === "reset") histogram.reset();
    if (message === "report") process.send({ thread: "web", ...report() });
    channel.postMessage(message);
  });
  channel.onmessage = ({ data }) => {
    if (typeof data === "object") process.send(data);
  };
} else if (isWorker) {
  channel.onmessage = ({ data }) => {
    if (data === "reset") histogram.reset();
    if (data === "report") channel.postMessage({ thread: "worker", ...report() });
  };
}
