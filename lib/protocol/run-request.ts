import type { ErrorCode } from "../errors.ts";
import type { Direction, Resolution } from "../sync/types.ts";
import type { ResolvePreview } from "./conflict.ts";
import type { Backup, BackupText, FileJson } from "./file.ts";
import type { PlanPreview } from "./plan.ts";
import type { RunSummary } from "./run.ts";

/** A resolution of one stored conflict, as it waits for the run that carries it out. */
export interface RequestedResolution extends Resolution {
  conflict_id: string;
  task_id: string;
}

/** What a request wants beyond "look again"; such a request has a run of its own. */
export interface RunOptions {
  kind:
    "sync" | "dry_run" | "resolution" | "rollback" | "restore" | "read_file" | "list_backups" | "read_backup";
  direction?: Direction;
  /** The origin wins every conflict of a one-way run; and both sides are compared in full. */
  force?: boolean;
  /** Compare both sides in full, trusting neither the outbox nor the file's revision. */
  full?: boolean;
  allow_deletes?: boolean;
  plan_hash?: string;
  /** What to carry out; of a dry run, the one to preview. */
  resolutions?: RequestedResolution[];
  /** The run to undo, or in a dry run: that one thinks of undoing. */
  reverts?: string;
  /** Of the run to undo, only what it did to these tasks. */
  tasks?: string[];
  /** The kept version to read or to restore. */
  backup?: string;
  /** Restore only while the file is this one. */
  file_revision?: string;
}

export interface RefusedResolution {
  conflict_id: string;
  code: ErrorCode;
  message: string;
}

/** How a run answers a request, kept in the request's row for whoever waits. */
export type RunAnswer =
  | { run: RunSummary; refused?: RefusedResolution[] }
  | { plan: PlanPreview }
  | { preview: ResolvePreview }
  | { file: FileJson }
  | { backups: Backup[] }
  | { backup: BackupText }
  | { error: { code: ErrorCode; message: string } };
