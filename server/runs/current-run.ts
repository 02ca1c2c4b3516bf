import type pg from "pg";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { ChosenRequests, OutboxEdit } from "../../lib/run/choose-requests.ts";
import type { RunInstructions } from "../../lib/run/instructions.ts";
import type { RunSettings } from "../../lib/run/settings.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { RunWork } from "../store/run-work.ts";
import type { SourceLease } from "../store/source-lease.ts";
import type { RunMemory, SourceContext } from "./source-context.ts";

/** What every step of one run shares. */
export interface CurrentRun {
  context: SourceContext;
  tx: pg.PoolClient;
  lease: SourceLease;
  memory: RunMemory;
  work: RunWork;
  /** The outbox. */
  edits: readonly OutboxEdit[];
  requests: ChosenRequests;
  instructions: RunInstructions;
  settings: RunSettings;
  startedAt: Date;
}

export interface RunResult {
  /** Null when nothing was waiting, or the answer was no run (a preview, a refusal). */
  run: RunSummary | null;
  /** False when nothing was waiting. */
  answered: boolean;
  /** How often in a row something could not be done that time alone may mend; it decides when to try again. */
  failures: number;
  /** The file as it was read, where an edit of it was carried to the database. */
  edited?: Snapshot;
  /** Rounds that wait for what was answered. */
  rounds: readonly string[];
  /** The file as last read, for the next run's memory. */
  snapshot: Snapshot | undefined;
}

/** The result of a run that answered its requests. */
export function answered(
  { requests, memory }: CurrentRun,
  result: Partial<RunResult> & { file?: Snapshot } = {},
): RunResult {
  const { file, ...rest } = result;
  const usual = { run: null, answered: true, failures: 0, rounds: requests.rounds };
  return { ...usual, snapshot: memory.snapshot ?? file, ...rest };
}
