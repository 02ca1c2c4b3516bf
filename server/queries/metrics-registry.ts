import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<"method" | "route" | "status">;
}

const KEY = Symbol.for("lockstep.metrics");
const holder = globalThis as { [KEY]?: Metrics };

/**
 * The process's own metrics. They are on `globalThis`, because the server counts and a route handler reports.
 */
export function processMetrics(): Metrics {
  if (!holder[KEY]) {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
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
