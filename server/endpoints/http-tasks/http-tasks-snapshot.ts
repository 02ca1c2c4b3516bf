import type { FileAuthor } from "../../../lib/audit/file-author.ts";
import type { JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { PlanItem, SideTask } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { changedKeys } from "../../../lib/yaml/changed-keys.ts";
import type { EarlierText, TextAround } from "../../../lib/yaml/earlier-text.ts";
import type { Announce, MayWrite, SideEdit, Snapshot } from "../endpoint.ts";
import { recall, textAround } from "../schedule-text/recall.ts";
import { ScheduleTasks } from "../schedule-text/schedule-tasks.ts";
import { type Listing, listingOfTasks } from "./listing.ts";
import { type planChanges } from "./plan-changes.ts";
import type { PlannedChange } from "./write-task.ts";

/** What a snapshot needs of its endpoint. */
export interface TasksSide {
  /** Its address, for people. */
  readonly place: string;
  plan(
    listing: Listing,
    items: readonly PlanItem[],
    at: Date,
    earlier?: EarlierText,
  ): ReturnType<typeof planChanges>;
  /** Writes the changes. @throws as `SideEdit.write` */
  write(
    listing: Listing,
    wanted: Listing,
    changes: readonly PlannedChange[],
    mayWrite: MayWrite,
  ): Promise<HttpTasksSnapshot>;
}

/** A reading of the tasks behind an API, as runs see it: like a file that has these tasks and no word more. */
export class HttpTasksSnapshot implements Snapshot {
  readonly tasks: ScheduleTasks;
  readonly problems: Problem[] = [];

  constructor(
    readonly listing: Listing,
    private readonly side: TasksSide,
  ) {
    this.tasks = new ScheduleTasks(listing.document, listing.modifiedAt);
  }

  get revision() {
    return this.listing.revision;
  }

  get size() {
    return Buffer.byteLength(this.listing.document.text);
  }

  get modifiedAt() {
    return this.listing.modifiedAt;
  }

  /** Every task that an API lists is whole. */
  settlesIn(): number {
    return 0;
  }

  changedSince(earlier: Snapshot): Set<TaskKey> {
    if (earlier instanceof HttpTasksSnapshot)
      return changedKeys(earlier.listing.document, this.listing.document);
    return new Set([...earlier.tasks.keys(), ...this.tasks.keys()]);
  }

  async edit(items: readonly PlanItem[], at: Date, earlier?: EarlierText): Promise<SideEdit> {
    const { listing } = this;
    const { changes, refused } = await this.side.plan(listing, items, at, earlier);
    if (changes.length === 0) return { tasks: this.tasks, refused, write: null };
    const tasks = withChanges(listing.tasks, changes, (change) => change.after);
    const wanted = await listingOfTasks(
      { items: listing.items, tasks, validators: null },
      at.toISOString(),
      listing,
    );
    return {
      tasks: new ScheduleTasks(wanted.document, listing.modifiedAt),
      refused,
      write: async (announce: Announce, mayWrite: MayWrite) => {
        await announce(wanted.revision);
        return this.side.write(listing, wanted, changes, mayWrite);
      },
    };
  }

  recall(earlier: EarlierText, keys?: ReadonlySet<TaskKey>): Promise<Map<TaskKey, SideTask | undefined>> {
    return recall(this.tasks, earlier, this.modifiedAt, keys);
  }

  textAround(earlier: Snapshot, changed: ReadonlySet<TaskKey>): TextAround {
    if (!(earlier instanceof HttpTasksSnapshot)) return { seams: [], reworded: {}, metadata: {} };
    return textAround(earlier.listing.document, this.listing.document, changed);
  }

  /** An API does not say who edited a task. */
  async author(): Promise<FileAuthor> {
    return { state: "elsewhere", modified_at: this.modifiedAt, place: this.side.place };
  }
}

/** The tasks with what `taskOf` makes of each change: null takes the task out, undefined leaves it as it is. */
export function withChanges(
  tasks: readonly JsonMap[],
  changes: readonly PlannedChange[],
  taskOf: (change: PlannedChange) => JsonMap | null | undefined,
): JsonMap[] {
  const byKey = new Map<string, JsonMap | null>();
  for (const change of changes) {
    const task = taskOf(change);
    if (task !== undefined) byKey.set(change.key, task);
  }
  const kept = tasks.flatMap((task) => {
    const { id } = task;
    const key = typeof id === "string" || typeof id === "number" ? String(id) : undefined;
    if (key === undefined || !byKey.has(key)) return [task];
    const now = byKey.get(key) ?? null;
    byKey.delete(key);
    return now === null ? [] : [now];
  });
  return [...kept, ...[...byKey.values()].filter((task) => task !== null)];
}
