import type pg from "pg";
import type { RunWork } from "../store/run-work.ts";
import type { ChosenRequests } from "./choose-requests.ts";
import type { SyncContext } from "./sync-context.ts";

/** What every step of one run shares. */
export interface Pass {
  context: SyncContext;
  tx: pg.PoolClient;
  work: RunWork;
  requests: ChosenRequests;
  startedAt: Date;
}
