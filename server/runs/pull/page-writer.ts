import type { Json } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { LockstepEvent } from "../../../lib/protocol/event.ts";
import { type FieldTypes, noteFields } from "../../../lib/pull/fields.ts";
import type { ListProgress } from "../../../lib/pull/list-progress.ts";
import { inParts } from "../../../lib/run/event-parts.ts";
import type { FoundItem, Page, Validators } from "../../endpoints/collection.ts";
import { addObjects, changeObjects, fingerprintsOf, touchObjects } from "../../store/objects.ts";
import { publish } from "../../store/publish.ts";
import { type ListToSave, saveLists } from "../../store/pull-lists.ts";
import { holdPull, type PullCounts, type PullRow, savePullCounts } from "../../store/pulls.ts";
import type { Queryable } from "../../store/pool.ts";
import { noteListSeen, noteSeen } from "../../store/sightings.ts";
import { inTransaction } from "../../store/transaction.ts";
import { StartOver } from "../source-context.ts";
import type { CollectionContext } from "./collection-context.ts";

/** A batch is written when it has so many items, or pages, or characters, or is so old. */
const MOST_ITEMS = 1_000;
const MOST_PAGES = 200;
/** Items may be large, and a batch is held in memory. */
const MOST_CHARACTERS = 4 << 20;
const OLDEST_MS = 500;
/** So many problems of single items are kept of a pull. */
const MOST_PROBLEMS = 50;
/** A batch that PostgreSQL loses in a crash is read again, because the place it stands at is lost with it. */
const BEGIN = "BEGIN; SET LOCAL synchronous_commit = off";

export interface PageToWrite {
  /** The parent's key, or ''; null for a single object, which belongs to no list that is read. */
  list: string | null;
  page: Page | null;
  progress: ListProgress | null;
  /** When the list is done: what to ask from the next time. */
  cursor?: Json;
  validators?: Validators | null;
}

/** Writes what a pull finds, in batches: changed rows, their history, what was seen, and how far each list is, together. */
export class PageWriter {
  readonly counts: PullCounts;
  readonly problems: Problem[] = [];
  readonly lists = new Map<string, ListProgress>();
  readonly fields: FieldTypes;
  private waiting: PageToWrite[] = [];
  private items = 0;
  private characters = 0;
  private writes: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: CollectionContext,
    private readonly pull: PullRow,
    private readonly holder: string,
    fields: FieldTypes,
  ) {
    const { pass, pages, items, unique_ids, created, updated } = pull;
    this.counts = { pass, pages, items, unique_ids, created, updated, lists_read: 0, last_request: null };
    this.fields = fields;
  }

  /** Resolves when there is room for the next page. @throws {StartOver} when another process has the pull. */
  async add(page: PageToWrite): Promise<void> {
    if (this.waiting.length === 0) this.writeSoon();
    this.waiting.push(page);
    this.items += page.page?.items.length ?? 0;
    for (const { text } of page.page?.items ?? []) this.characters += text.length;
    const full = this.items >= MOST_ITEMS || this.characters >= MOST_CHARACTERS;
    if (!full && this.waiting.length < MOST_PAGES) return;
    // While this batch is written the next one is read, and no more than that, so that memory stays flat.
    const before = this.writes;
    // The next flush tells what went wrong, because no batch is written after one that failed.
    this.flush().catch(() => undefined);
    await before;
  }

  /** What came is not kept back by a next page that does not come. */
  private writeSoon(): void {
    const soon = this.context.clock.wait(OLDEST_MS).then(() => this.flush());
    // The next page, or the end of the pull, tells what went wrong.
    soon.catch(() => undefined);
  }

  flush(): Promise<void> {
    this.writes = this.writes.then(() => this.write());
    return this.writes;
  }

  tell(problems: readonly Problem[]): void {
    for (const problem of problems) if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }

  private async write(): Promise<void> {
    const batch = this.waiting;
    if (batch.length === 0) return;
    [this.waiting, this.items, this.characters] = [[], 0, 0];
    await inTransaction(this.context.pool, (tx) => this.writeBatch(tx, batch), BEGIN);
    this.context.progress("reading", this.counts.items, Math.max(this.counts.items, this.expected()));
  }

  private async writeBatch(tx: Queryable, batch: readonly PageToWrite[]): Promise<void> {
    const { source, collection } = this.context;
    const byKey = new Map<string, FoundItem>();
    for (const { page } of batch) for (const item of page?.items ?? []) byKey.set(item.key, item);
    // Statements that do not need one another's answer are sent together, so that PostgreSQL waits for none of them.
    const [held, stored, repeated] = await Promise.all([
      holdPull(tx, this.pull.id, this.holder),
      fingerprintsOf(tx, source, [...byKey.keys()]),
      this.note(tx, batch),
    ]);
    if (!held) throw new StartOver("another process has this pull by now", 0);
    const [created, changed]: [FoundItem[], FoundItem[]] = [[], []];
    for (const item of byKey.values()) {
      const before = stored.get(item.key);
      if (before && repeated.has(item.key) && before.parent !== item.parent) {
        this.tell([twoParents(item, before.parent)]);
        continue;
      }
      const same =
        before && !before.deleted && before.fingerprint === item.fingerprint && before.parent === item.parent;
      if (same) continue;
      (before ? changed : created).push(item);
      if (before && !before.deleted) this.counts.updated++;
      else this.counts.created++;
    }
    const of = {
      source,
      type: collection.type,
      parentSource: collection.parent?.source ?? null,
      runId: this.pull.run_id,
    };
    const written = [...created, ...changed];
    await Promise.all([
      addObjects(tx, of, created),
      changeObjects(tx, of, changed),
      this.touch(tx, [...byKey.keys()], written),
      saveLists(tx, this.where, this.listsOf(batch)),
      publish(tx, [...this.changeEvents(written), ...this.drifts(written)]),
      savePullCounts(tx, this.pull.id, this.holder, this.counts),
    ]);
  }

  /** Of single objects, or of a few lists, it is noted that they were seen; of all of them one time is kept for the source. */
  private async touch(tx: Queryable, keys: readonly string[], written: readonly FoundItem[]): Promise<void> {
    if (this.pull.kind !== "part") return;
    const fresh = new Set(written.map(({ key }) => key));
    await touchObjects(
      tx,
      this.context.source,
      keys.filter((key) => !fresh.has(key)),
    );
  }

  /** Counts a batch, and notes what it has seen. @returns keys that this pass had seen before. */
  private async note(tx: Queryable, batch: readonly PageToWrite[]): Promise<Set<string>> {
    const { counts, pull } = this;
    const keysOf = ({ page }: PageToWrite) => [
      ...(page?.items.map(({ key }) => key) ?? []),
      ...(page?.held ?? []),
    ];
    const sees = pull.kind !== "incremental";
    const fresh = sees ? await noteSeen(tx, pull.id, counts.pass, [...new Set(batch.flatMap(keysOf))]) : null;
    const repeated = new Set<string>();
    for (const entry of batch) {
      const { list, page, progress } = entry;
      if (page) {
        if (!page.partial) counts.pages++;
        counts.items += page.items.length + page.held.length + page.unidentified;
        counts.last_request = page.request;
        this.tell(page.problems);
      }
      let [unique, again] = [0, 0];
      for (const key of keysOf(entry)) {
        // The first of the batch that has the key is the one that saw it.
        if (!fresh || fresh.delete(key)) unique++;
        else {
          again++;
          repeated.add(key);
        }
      }
      if (page?.notModified && sees)
        unique += await noteListSeen(tx, pull.id, counts.pass, {
          source: this.context.source,
          parent: list || null,
        });
      if (counts.pass === 1) counts.unique_ids += unique;
      if (list === null || !progress) continue;
      const before = this.lists.get(list);
      const same = before?.pass === progress.pass ? before : { unique: 0, repeated: 0, done: false };
      if (progress.done && !same.done) counts.lists_read++;
      this.lists.set(list, { ...progress, unique: same.unique + unique, repeated: same.repeated + again });
    }
    return repeated;
  }

  private get where() {
    return { source: this.context.source, config: this.context.collection.fingerprint, pull: this.pull.id };
  }

  private listsOf(batch: readonly PageToWrite[]): ListToSave[] {
    const lists = new Map<string, ListToSave>();
    for (const { list, cursor, validators } of batch) {
      const progress = list === null ? undefined : this.lists.get(list);
      if (list === null || !progress) continue;
      lists.set(list, {
        parent: list,
        progress,
        ...(cursor === undefined ? {} : { cursor }),
        ...(validators === undefined ? {} : { validators }),
      });
    }
    return [...lists.values()];
  }

  private changeEvents(changed: readonly FoundItem[]): LockstepEvent[] {
    if (changed.length === 0) return [];
    const { source, collection } = this.context;
    const keys = changed.map(({ key }) => key);
    return inParts(keys, (part) => ({ event: "objects_changed", source, type: collection.type, ...part }));
  }

  private drifts(changed: readonly FoundItem[]): LockstepEvent[] {
    const { source, collection } = this.context;
    return changed
      .flatMap(({ data }) => noteFields(this.fields, data))
      .map((drift) => ({ event: "object_field_changed", source, type: collection.type, ...drift }));
  }

  private expected(): number {
    return [...this.lists.values()].reduce((sum, { total }) => sum + (total ?? 0), 0);
  }
}

function twoParents({ key, parent }: FoundItem, before: string | null): Problem {
  return {
    code: "duplicate_id",
    task_id: key,
    message: `the key ${key} stands in the lists of ${before} and of ${parent}; a primary_key of several fields tells them apart`,
  };
}
