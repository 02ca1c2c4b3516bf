import type pg from "pg";
import type { Problem } from "../../../lib/problem.ts";
import type { PullKind } from "../../../lib/protocol/pull.ts";
import type { ChosenRequests } from "../../../lib/run/choose-requests.ts";
import type { PullRow } from "../../store/pulls.ts";
import type { RunWork } from "../../store/run-work.ts";
import type { SourceLease } from "../../store/source-lease.ts";
import type { CollectionContext } from "./collection-context.ts";
import type { PageWriter } from "./page-writer.ts";

/** What every step of one such run shares. */
export interface PullRun {
  context: CollectionContext;
  /** Holds the source. What is pulled is committed beside it, batch by batch. */
  tx: pg.PoolClient;
  lease: SourceLease;
  work: RunWork;
  requests: ChosenRequests;
  startedAt: Date;
}

/** What is to be pulled. */
export interface PullPlan {
  kind: PullKind;
  /** Single objects; null: lists. */
  ids: string[] | null;
  /** The lists of these parents; null: all lists. */
  parents: string[] | null;
  /** The same for the same wish: a pull that was killed goes on only for that. */
  wish: string;
}

/** A pull that goes on. */
export interface Pull {
  run: PullRun;
  plan: PullPlan;
  row: PullRow;
  writer: PageWriter;
  /** Requests that failed for good. */
  failures: Problem[];
  /** Single objects that the other system does not have any more. */
  gone: string[];
}
