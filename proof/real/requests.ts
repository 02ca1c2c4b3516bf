import type pg from "pg";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { revisionOf } from "../../server/endpoints/yaml-file/read-file.ts";
import { addRequest } from "../../server/store/requests.ts";
import type { RunAsk } from "../play/subject.ts";
import { ADA } from "../model/told.ts";
import type { Settings } from "../story/step.ts";

/** The settings of a source as its row stores them. */
export function stored({ policy, direction, ownership }: Settings): object {
  const side = { file: "yaml", database: "db" } as const;
  const fields = Object.fromEntries(Object.entries(ownership).map(([name, owner]) => [name, side[owner]]));
  const policies = { ask: "ask", keep_file: "keep_yaml", keep_database: "keep_db", merge: "merge" } as const;
  const directions = {
    bidirectional: "bidirectional",
    file_to_database: "yaml_to_db",
    database_to_file: "db_to_yaml",
  } as const;
  return { conflict_policy: policies[policy], direction: directions[direction], fields };
}

/** What a run is asked for, as a row of `sync_requests` says it. */
function requestOf(ask: RunAsk): { trigger: Trigger; options: RunRequest | null } {
  switch (ask.kind) {
    case "sync": {
      const { trigger, direction, force, confirm } = ask;
      if (direction === undefined && !force && confirm === undefined) return { trigger, options: null };
      const wishes = {
        ...(direction ? { direction } : {}),
        ...(force ? { force } : {}),
        ...(confirm === undefined ? {} : { allow_deletes: true, plan_hash: confirm }),
      };
      return { trigger: confirm === undefined ? trigger : "manual", options: { kind: "sync", ...wishes } };
    }
    case "resolution": {
      const { conflict, choice, fields } = ask;
      const resolution = { conflict_id: conflict.id, task_id: conflict.task, revision: conflict.revision };
      return {
        trigger: "resolution",
        options: { kind: "resolution", resolutions: [{ ...resolution, choice, fields }] },
      };
    }
    case "undo":
      return { trigger: "rollback", options: { kind: "rollback", reverts: ask.run } };
    case "restore": {
      const file_revision = revisionOf(Buffer.from(ask.seen));
      return { trigger: "manual", options: { kind: "restore", backup: ask.version, file_revision } };
    }
  }
}

/**
 * Asks for a run.
 * @returns the id of the request that is answered: the same look may wait already since a process was killed over it.
 */
export async function askFor(people: pg.Pool, source: string, ask: RunAsk): Promise<string> {
  const added = await addRequest(people, { source, ...requestOf(ask), requested_by: ADA });
  if (added !== null) return added;
  const { rows } = await people.query<{ id: string }>(
    "SELECT id::text FROM sync_requests WHERE source = $1 AND answered_at IS NULL ORDER BY id DESC LIMIT 1",
    [source],
  );
  return rows[0]?.id ?? "0";
}
