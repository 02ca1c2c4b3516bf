import type { ErrorCode } from "../errors.ts";
import type { ResolvePreview } from "../protocol/conflict.ts";
import type { Backup, BackupText, FileJson } from "../protocol/file.ts";
import type { PlanPreview } from "../protocol/plan.ts";
import type { RunSummary } from "../protocol/run.ts";
import type { SampleWish, SourceSample } from "../protocol/sample.ts";
import type { Direction, Resolution } from "../sync/types.ts";

/** A resolution of one stored conflict, as it waits for the run that applies it. */
export interface RequestedResolution extends Resolution {
  conflict_id: string;
  task_id: string;
}

/** A resolution that the run did not apply, and why. */
export interface RefusedResolution {
  conflict_id: string;
  code: ErrorCode;
  message: string;
}

/** Options of a sync that the source's settings do not give. */
export interface SyncWishes {
  /** The source's own direction counts when this is left out. */
  direction?: Direction;
  /** The origin of a one-way run wins every conflict, and both sides are compared in full. */
  force?: boolean;
  /** Confirms the deletions of the plan that halted a run. */
  allow_deletes?: boolean;
}

interface Guarded {
  /** The run applies exactly the plan with this hash, or is refused. */
  plan_hash?: string;
}

/** Restricts the pull of a collection to a part of it. */
export interface PartWish {
  /** Only the objects with these keys. */
  ids?: string[];
  /** Only what hangs below these objects of another source. */
  under?: { source: string; ids: string[] };
  /** Only what hangs below objects that these runs changed. */
  changed_in?: string[];
}

interface Undo {
  /** The run to undo. */
  reverts: string;
}

/** What each kind of request asks for. The names are those of the rows in `sync_requests`, which the audit shows. */
interface Wishes {
  sync: SyncWishes & Guarded & PartWish;
  dry_run: SyncWishes;
  resolution: { resolutions: RequestedResolution[]; allow_deletes?: boolean } & Guarded;
  preview_resolution: { resolution: RequestedResolution };
  /** With `tasks`, only what the run did to these tasks is undone. */
  rollback: Undo & Guarded & { tasks?: string[]; allow_deletes?: boolean };
  preview_rollback: Undo;
  /** What one side has lost goes back to it from the other: the tasks of the halt with this plan. */
  put_back: Required<Guarded>;
  /** `backup` names a kept version. With `file_revision`, it is restored only while the file has this revision. */
  restore: { backup: string; file_revision?: string };
  read_file: object;
  list_backups: object;
  read_backup: { backup: string };
  /** The first request of a collection and what is made of it, with these keys instead of those of its configuration. */
  sample_source: { resource?: SampleWish; parent?: string };
}

/** What a run answers to each kind of request. */
interface Answers {
  sync: { run: RunSummary };
  dry_run: { plan: PlanPreview };
  resolution: { run: RunSummary; refused?: RefusedResolution[] };
  preview_resolution: { preview: ResolvePreview };
  rollback: { run: RunSummary };
  preview_rollback: { plan: PlanPreview };
  put_back: { run: RunSummary };
  restore: { run: RunSummary };
  read_file: { file: FileJson };
  list_backups: { backups: Backup[] };
  read_backup: { backup: BackupText };
  sample_source: { sample: SourceSample };
}

export type RequestKind = keyof Wishes;

/** A request of one kind, or of any. A request that only says "look again" is a plain `sync`. */
export type RunRequest<Kind extends RequestKind = RequestKind> = {
  [K in Kind]: { kind: K } & Wishes[K];
}[Kind];

/** A run's answer to a request. It is stored in the request's row for the process that waits. */
export type RunAnswer<Kind extends RequestKind = RequestKind> =
  | { [K in Kind]: { kind: K } & Answers[K] }[Kind]
  | RefusedRequest;

/** The answer to a request that was not carried out. */
export interface RefusedRequest {
  kind: "refused";
  error: { code: ErrorCode; message: string };
}

export const PLAIN_SYNC: RunRequest<"sync"> = { kind: "sync" };

/** Whether the request is a sync without options. Many such requests share one run. */
export function isPlainSync(request: RunRequest): boolean {
  if (request.kind !== "sync") return false;
  const { direction, force = false, allow_deletes = false, plan_hash } = request;
  return direction === undefined && !force && !allow_deletes && plan_hash === undefined && !isPart(request);
}

/** Whether only a part of a collection is wanted. */
export function isPart({ ids, under, changed_in }: PartWish): boolean {
  return ids !== undefined || under !== undefined || changed_in !== undefined;
}

export function refusal(code: ErrorCode, message: string): RefusedRequest {
  return { kind: "refused", error: { code, message } };
}

/** The answer of a run to its requests. A preview or a question gets one only when its run failed. */
export function runAnswer(kind: RequestKind, run: RunSummary, refused: RefusedResolution[] = []): RunAnswer {
  switch (kind) {
    case "sync":
    case "rollback":
    case "put_back":
    case "restore":
      return { kind, run };
    case "resolution":
      return refused.length > 0 ? { kind, run, refused } : { kind, run };
    case "dry_run":
    case "preview_resolution":
    case "preview_rollback":
    case "read_file":
    case "list_backups":
    case "read_backup":
    case "sample_source":
      return refusal("unavailable", run.problems[0]?.message ?? "The run failed; try again");
  }
}

/** The run that answered a request; null when no run did. */
export function runOf(answer: RunAnswer | null): RunSummary | null {
  return answer && "run" in answer ? answer.run : null;
}
