import { z } from "zod";
import { foldRuns, type Folded, groupOf, type RunGroup, SMALLEST_GROUP } from "../../lib/audit/fold-runs.ts";
import type { AuditGroup, AuditListJson } from "../../lib/protocol/audit.ts";
import type { AuditFilter } from "../../lib/protocol/audit-query.ts";
import { type AuditPosition, type AuditScope, auditBefore, countGroup } from "../store/read/audit.ts";
import { cursorTime, openCursor, sealCursor } from "./cursor.ts";

const LIST = "audit-groups";
/** Reads of one page at most, so that a page ends soon also where each read is folded into few entries. */
const MOST_READS = 8;

const skippedSchema = z.array(z.object({ run_id: z.uuid(), actor: z.string().max(1_000) })).max(100);

interface Place {
  before: AuditPosition | null;
  /** Groups that are told already and go on after the place. */
  skip: RunGroup[];
}

type Filter = Omit<AuditFilter, "subject">;

/** A page of the audit in which the changes of tasks that a run carried are one entry with a group. */
export async function listGroups(
  filter: Filter,
  scope: AuditScope,
  limit: number,
  cursor: string | undefined,
): Promise<AuditListJson> {
  let place: Place = cursor === undefined ? { before: null, skip: [] } : openPlace(cursor);
  const items: Folded[] = [];
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const rows = await auditBefore(filter, scope, place.before, limit + 1, place.skip);
    const last = rows.at(-1);
    const goesOn = rows.length > limit;
    const open = last && goesOn ? await bigGroup(groupOf(last), filter, scope) : null;
    items.push(...foldRuns(rows, open));
    if (items.length > limit) {
      const page = items.slice(0, limit);
      const end = page.at(-1)?.entry;
      return answer(page, end ? placeAfter(end, page, place.skip) : null, filter, scope);
    }
    if (!last || !goesOn) return answer(items, null, filter, scope);
    place = placeAfter(last, items, place.skip);
  }
  return answer(items, place, filter, scope);
}

async function bigGroup(group: RunGroup | null, filter: Filter, scope: AuditScope): Promise<RunGroup | null> {
  if (!group) return null;
  return (await countGroup(group, filter, scope)).count >= SMALLEST_GROUP ? group : null;
}

/** After an entry go on only the groups of the same time, since all of a group have one time. */
function placeAfter(
  { at, id }: AuditPosition,
  items: readonly Folded[],
  skipped: readonly RunGroup[],
): Place {
  const told = items.flatMap(({ entry, group }) => (group && entry.at === at ? [group] : []));
  const before = items.some(({ entry }) => entry.at !== at) ? [] : skipped;
  return { before: { at, id }, skip: [...before, ...told] };
}

async function answer(
  items: readonly Folded[],
  next: Place | null,
  filter: Filter,
  scope: AuditScope,
): Promise<AuditListJson> {
  const entries = await Promise.all(
    items.map(async ({ entry, group }) =>
      group ? { ...entry, group: (await countGroup(group, filter, scope)) satisfies AuditGroup } : entry,
    ),
  );
  return { entries, next_cursor: next && sealPlace(next) };
}

function sealPlace({ before, skip }: Place): string {
  return sealCursor(LIST, [before?.at ?? null, before?.id ?? null, JSON.stringify(skip)]);
}

/** @throws {LockstepError} invalid_request */
function openPlace(cursor: string): Place {
  const [at = null, id = null, skip = null] = openCursor(LIST, 3, cursor);
  const groups = skippedSchema.safeParse(parsed(skip)).data ?? [];
  return { before: at === null || id === null ? null : { at: cursorTime(at) ?? at, id }, skip: groups };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
}
