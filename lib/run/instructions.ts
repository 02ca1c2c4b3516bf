import type { Direction } from "../sync/types.ts";
import type { RequestedResolution, RunRequest } from "./request.ts";

/** What a run is to do: what the request asks for, and the source's settings for everything else. */
export interface RunInstructions {
  direction: Direction;
  force: boolean;
  /** True when a person confirmed the deletions of the plan that they saw. */
  allowDeletes: boolean;
  /** Apply exactly the plan with this hash. */
  planHash: string | null;
  resolutions: RequestedResolution[];
  /** The run to undo. With `tasks`, only what the run did to these tasks is undone. */
  undo: { run: string; tasks: string[] | null } | null;
  /** The plan of the halt whose lost tasks are to be put back; null when none are. */
  putBack: string | null;
  /** True when nothing is written, and the answer says what would be. */
  preview: boolean;
}

const NOTHING_SPECIAL: RunInstructions = {
  // A person's decision (a resolution, an undo, a restore) goes to both sides, also when the source syncs one way.
  direction: "bidirectional",
  force: false,
  allowDeletes: false,
  planHash: null,
  resolutions: [],
  undo: null,
  putBack: null,
  preview: false,
};

/** @param usual the source's own direction, used by syncs that do not set one. */
export function instructionsOf(request: RunRequest, usual: Direction): RunInstructions {
  switch (request.kind) {
    case "sync":
    case "dry_run": {
      const { direction = usual, force = false, allow_deletes: allowDeletes = false } = request;
      const planHash = request.kind === "sync" ? (request.plan_hash ?? null) : null;
      const preview = request.kind === "dry_run";
      return { ...NOTHING_SPECIAL, direction, force, allowDeletes, planHash, preview };
    }
    case "resolution": {
      const { resolutions, allow_deletes: allowDeletes = false, plan_hash: planHash = null } = request;
      return { ...NOTHING_SPECIAL, resolutions, allowDeletes, planHash };
    }
    case "preview_resolution":
      return { ...NOTHING_SPECIAL, resolutions: [request.resolution], preview: true };
    case "rollback": {
      const {
        reverts,
        tasks = null,
        allow_deletes: allowDeletes = false,
        plan_hash: planHash = null,
      } = request;
      return { ...NOTHING_SPECIAL, undo: { run: reverts, tasks }, allowDeletes, planHash };
    }
    case "preview_rollback":
      return { ...NOTHING_SPECIAL, undo: { run: request.reverts, tasks: null }, preview: true };
    case "put_back":
      return { ...NOTHING_SPECIAL, putBack: request.plan_hash };
    case "restore":
    case "read_file":
    case "list_backups":
    case "read_backup":
    case "sample_source":
      return NOTHING_SPECIAL;
  }
}
