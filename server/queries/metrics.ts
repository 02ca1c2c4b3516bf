import { Gauge, Registry } from "prom-client";
import { countsBySource, runsByOutcome, type SourceCounts } from "../store/read/counts.ts";
import { sourceStandings, sourcesFiles } from "../store/read/status.ts";
import { pool } from "../store/pool.ts";
import { loadWorkers } from "../store/workers.ts";
import { processMetricsText } from "./metrics-registry.ts";
import { addPullMetrics } from "./pull-metrics.ts";
import { derive } from "./standing.ts";

const BY_SOURCE: readonly [string, string, (counts: SourceCounts) => number | null][] = [
  ["lockstep_tasks", "Tasks in the database", (c) => c.tasks],
  ["lockstep_conflicts_pending", "Conflicts that wait for a person", (c) => c.conflicts],
  ["lockstep_pending_tasks", "Tasks with an edit that waits on its own side", (c) => c.pending],
  ["lockstep_outbox_edits", "Edits of rows that no run has looked at", (c) => c.outbox],
  ["lockstep_requests_waiting", "Requests for a run without an answer", (c) => c.requests],
  ["lockstep_retry_failures", "Runs in a row that could not write", (c) => c.failures],
  ["lockstep_last_run_age_seconds", "Time since the last run finished", (c) => c.last_run_age],
];

/** The metrics as Prometheus reads them: of this process and of the database. */
export async function metricsText(): Promise<string> {
  // Each request has its own registry, because two at once must not mix their numbers.
  const registry = new Registry();
  const [counts, runs, standings, files, workers] = await Promise.all([
    countsBySource(),
    runsByOutcome(),
    sourceStandings(),
    sourcesFiles(),
    loadWorkers(pool()),
    addPullMetrics(registry),
  ]);
  for (const [name, help, read] of BY_SOURCE) {
    const gauge = new Gauge({ name, help, labelNames: ["source"], registers: [registry] });
    for (const each of counts) {
      const value = read(each);
      if (value !== null) gauge.set({ source: each.source }, value);
    }
  }
  const stale = new Gauge({
    name: "lockstep_source_stale",
    help: "1 while there was no success within the source's threshold",
    labelNames: ["source"],
    registers: [registry],
  });
  const success = new Gauge({
    name: "lockstep_last_success_age_seconds",
    help: "Time since both sides were last in step",
    labelNames: ["source"],
    registers: [registry],
  });
  for (const standing of standings) {
    if (standing.removedAt !== null) continue;
    stale.set({ source: standing.source }, derive(standing, workers).staleSince === null ? 0 : 1);
    if (standing.lastSuccessAt)
      success.set({ source: standing.source }, (Date.now() - standing.lastSuccessAt.getTime()) / 1_000);
  }
  new Gauge({
    name: "lockstep_sources_file_problems",
    help: "Problems of sources.yml: its last valid state is used",
    registers: [registry],
  }).set(files.reduce((sum, { problems }) => sum + problems.length, 0));
  const last = new Gauge({
    name: "lockstep_last_run_outcome",
    help: "1 for the outcome of the last run",
    labelNames: ["source", "outcome"],
    registers: [registry],
  });
  for (const { source, last_outcome } of counts)
    if (last_outcome) last.set({ source, outcome: last_outcome }, 1);
  const kept = new Gauge({
    name: "lockstep_runs",
    help: "Runs in the kept history",
    labelNames: ["source", "outcome", "trigger"],
    registers: [registry],
  });
  for (const { runs: count, ...labels } of runs) kept.set(labels, count);
  return `${await processMetricsText()}\n${await registry.metrics()}`;
}
