import type pg from "pg";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import type { RunWork } from "../store/run-work.ts";
import type { ChosenRequests } from "./choose-requests.ts";
import type { RunSettings } from "./source-settings.ts";
import type { SourceContext } from "./source-context.ts";

/** What every step of one run shares. */
export interface CurrentRun {
  context: SourceContext;
  tx: pg.PoolClient;
  work: RunWork;
  requests: ChosenRequests;
  startedAt: Date;
  settings: RunSettings;
}

export interface RunResult {
  /** Null when nothing was waiting, or the answer was no run (a dry run, a refusal). */
  run: RunSummary | null;
  /** False when nothing was waiting. */
  answered: boolean;
  /** The file could not be written: try again after a while. Counts the tries so far. */
  failures: number;
  /** The file as it was read, where somebody's edit of it was carried. */
  edited?: FileSnapshot;
  /** Rounds that wait for what was answered. */
  rounds?: readonly string[];
}
