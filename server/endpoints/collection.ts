import type { Json, JsonMap } from "../../lib/json.ts";
import type { Problem } from "../../lib/problem.ts";
import type { ReadPage } from "../../lib/pull/advance.ts";
import type { SampleWish, SourceSample } from "../../lib/protocol/sample.ts";

/**
 * The port to a collection that is pulled one way, into the table of objects. It stands beside `Endpoint`: there is nothing
 * to write, to watch or to restore. Each kind is a folder that implements it and a line in `registry.ts`.
 */
export interface Collection {
  /** Where it is, in words for people, without secrets. */
  readonly place: string;
  /** The type of its objects. */
  readonly type: string;
  /** The source of the objects that these hang from. */
  readonly parent: { source: string; kind: "path" | "field" } | null;
  /** Changes exactly when what was remembered of earlier readings (cursors, ETags) says nothing any more. */
  readonly fingerprint: string;
  /** Lists that may be read at the same time. */
  readonly concurrency: number;
  /** How much is read again before the last cursor, and after how many minutes a full pull is due; null: always full. */
  readonly incremental: { fullEveryMinutes: number } | null;
  /** Whether `one` can be asked. */
  readonly canAskForOne: boolean;
  /**
   * Reads a list page by page, from the place where an earlier reading stood.
   * @throws {CollectionUnreadable} with the request that failed; the pages before it count.
   */
  pages(wish: ListWish): AsyncIterable<Page>;
  /** One object by its key; null when it is gone. @throws {CollectionUnreadable} */
  one(key: string, parent: ParentObject | null): Promise<Page | null>;
  /** The first request of a list and what is made of its answer; nothing is stored. Failures are part of the answer. */
  sample(wish: SampleWish, parent: ParentObject | null): Promise<SourceSample>;
}

/** An object that a list belongs to. */
export interface ParentObject {
  key: string;
  data: JsonMap;
}

export interface ListWish {
  /** Null where the collection is one list. */
  parent: ParentObject | null;
  /** A `next` of an earlier page of the same list; null: from the first page on. */
  from: JsonMap | null;
  /** Only what is new since this cursor; null: all of it. */
  since: Json;
  /** Of an earlier reading of the whole list: when nothing changed since, a single page says so. */
  validators: Validators | null;
  signal?: AbortSignal;
}

/** What HTTP tells a list's version by. */
export interface Validators {
  url: string;
  etag: string | null;
  last_modified: string | null;
}

export interface Page extends ReadPage {
  items: FoundItem[];
  held: string[];
  problems: Problem[];
  validators: Validators | null;
}

export interface FoundItem {
  key: string;
  parent: string | null;
  /** Canonical JSON. */
  text: string;
  data: JsonMap;
  fingerprint: string;
  /** ISO 8601, as the item tells it. */
  updatedAt: string | null;
  cursor: Json;
}

/** A page cannot be had, or says nothing that can be used. */
export class CollectionUnreadable extends Error {
  override readonly name = "CollectionUnreadable";
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
