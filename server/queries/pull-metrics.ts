import { Gauge, type Registry } from "prom-client";
import { PULL_STATES } from "../../lib/protocol/pull.ts";
import { type PullCountsBySource, pullCountsBySource } from "../store/read/pull-counts.ts";

const GAUGES: readonly [string, string, (counts: PullCountsBySource) => number | undefined | null][] = [
  ["lockstep_objects", "Objects of other systems that are not deleted", (c) => c.objects],
  ["lockstep_objects_checked_age_seconds", "Time since all objects were last checked", (c) => c.checked_age],
  ["lockstep_last_pull_seconds", "How long the last pull took", (c) => c.last?.seconds],
  ["lockstep_last_pull_pages", "Pages that the last pull read", (c) => c.last?.pages],
  ["lockstep_last_pull_items", "Items that the last pull found", (c) => c.last?.items],
  ["lockstep_last_pull_problems", "Problems of the last pull", (c) => c.last?.problems],
];

/** Those that a pull can end in. */
const ENDS = PULL_STATES.filter((state) => state !== "running");

/** Adds what is known of the sources that are pulled. */
export async function addPullMetrics(registry: Registry): Promise<void> {
  const counts = await pullCountsBySource();
  for (const [name, help, read] of GAUGES) {
    const gauge = new Gauge({ name, help, labelNames: ["source"], registers: [registry] });
    for (const each of counts) {
      const value = read(each);
      if (typeof value === "number") gauge.set({ source: each.source }, value);
    }
  }
  const state = new Gauge({
    name: "lockstep_last_pull_state",
    help: "1 for the state of the last pull; only a complete one deletes",
    labelNames: ["source", "state"],
    registers: [registry],
  });
  for (const { source, last } of counts) {
    // An alert on a state needs its zero: a label that is not there is no 0 for Prometheus.
    if (last) for (const each of ENDS) state.set({ source, state: each }, each === last.state ? 1 : 0);
  }
}
