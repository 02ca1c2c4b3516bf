import { setTimeout as delay } from "node:timers/promises";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** The lag of the event loop is sampled every 10 ms. */
const SAMPLES_MS = 50;

interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<"method" | "route" | "status">;
  /** Resolves when the process is being measured; undefined until its metrics are first asked for. */
  measuring?: Promise<unknown>;
}

const KEY = Symbol.for("lockstep.metrics");
const holder = globalThis as { [KEY]?: Metrics };

/**
 * The process's own metrics. They are on `globalThis`, because the server counts and a route handler reports.
 */
export function processMetrics(): Metrics {
  if (!holder[KEY]) {
    const registry = new Registry();
    const httpSeconds = new Histogram({
      name: "lockstep_http_request_duration_seconds",
      help: "Time from a request's arrival to the end of its answer",
      labelNames: ["method", "route", "status"],
      registers: [registry],
    });
    holder[KEY] = { registry, httpSeconds };
  }
  return holder[KEY];
}

/**
 * The text of the process's own metrics. Measuring the event loop wakes the process a hundred times a second, which is
 * nearly half of what it needs at rest, so it begins when the metrics are first asked for.
 */
export async function processMetricsText(): Promise<string> {
  const metrics = processMetrics();
  metrics.measuring ??= measure(metrics.registry);
  await metrics.measuring;
  return metrics.registry.metrics();
}

async function measure(register: Registry): Promise<void> {
  collectDefaultMetrics({ register });
  await delay(SAMPLES_MS);
}
