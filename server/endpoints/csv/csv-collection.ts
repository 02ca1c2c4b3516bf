import type { SampleWish, SourceSample } from "../../../lib/protocol/sample.ts";
import type { CsvConfig } from "../../../lib/source/csv/csv-config.ts";
import { type Collection, CollectionUnreadable, type ListWish, type Page } from "../collection.ts";
import { findItems } from "../find-items.ts";
import { configFingerprint, textFingerprint } from "../fingerprints.ts";
import { sampleRows } from "../sample-rows.ts";
import { type CsvRows, csvRows } from "./csv-rows.ts";
import { type OpenText, textOf } from "./csv-text.ts";
import type { CsvOptions } from "./options.ts";

/** A CSV file, here or at an address: one list, of which a page is a thousand rows. */
export class CsvCollection implements Collection {
  readonly place: string;
  readonly type: string;
  readonly parent: Collection["parent"];
  readonly fingerprint: string;
  readonly concurrency = 1;
  readonly incremental = null;
  readonly canAskForOne = false;
  private readonly config: CsvConfig;
  private readonly request: string;
  private readonly open: OpenText;

  constructor(options: CsvOptions) {
    const { config, place } = options;
    this.config = config;
    this.place = place;
    this.type = config.type;
    this.parent = config.parent && { source: config.parent.source, kind: "field" };
    this.fingerprint = configFingerprint({ place, ...config });
    const { open, request } = textOf(options);
    this.open = open;
    this.request = request;
  }

  async *pages({ from, signal }: ListWish): AsyncIterable<Page> {
    const text = await this.open(signal);
    const { version } = text;
    const read = Number(from?.["read"] ?? 0);
    let moved = from !== null && from["version"] !== version;
    const { delimiter } = this.config;
    let before: Page | null = null;
    for await (const part of csvRows(text.pieces, { delimiter, request: this.request })) {
      signal?.throwIfAborted();
      const end = part.first + part.rows.length + part.broken.length - 1;
      // An earlier reading had these already.
      if (end <= read && part.rows.length > 0) continue;
      if (before) yield { ...before, next: { read: part.first - 1, version } };
      before = { ...this.pageOf(part), moved };
      moved = false;
    }
    // An earlier reading had more rows than there are by now.
    const last: Page = before ?? { ...this.pageOf({ first: 1, rows: [], broken: [] }), moved: true };
    yield { ...last, moved: last.moved || !(await text.isSame()) };
  }

  /** @throws {CollectionUnreadable} always: a file is read as a whole. */
  async one(key: string): Promise<Page | null> {
    const message = `${this.request}: ${key} cannot be read without the whole file`;
    throw new CollectionUnreadable({ code: "request_failed", message });
  }

  async sample({ primary_key, updated_at }: SampleWish): Promise<SourceSample> {
    const started = performance.now();
    const config = {
      ...this.config,
      ...(primary_key === undefined ? {} : { primary_key: [primary_key].flat() }),
      ...(updated_at === undefined ? {} : { updated_at }),
    };
    const sample: SourceSample = {
      ...{ request: this.request, headers: {}, status: null, duration_ms: 0, found: 0, total: null },
      ...{ rows: [], next: null, next_request: null, problems: [] },
    };
    try {
      const { pieces } = await this.open();
      if ("url" in config.from) sample.status = 200;
      for await (const { rows, broken } of csvRows(pieces, { ...config, request: this.request })) {
        const found = findItems(rows, config, null);
        sample.found = rows.length;
        sample.problems = [...broken, ...found.problems];
        sample.rows = sampleRows(rows, found);
        break;
      }
    } catch (error) {
      if (!(error instanceof CollectionUnreadable)) throw error;
      sample.problems = [error.problem];
    }
    sample.duration_ms = Math.round(performance.now() - started);
    return sample;
  }

  private pageOf({ first, rows, broken }: CsvRows): Page {
    const found = findItems(rows, this.config, null);
    const where = `${this.request}, from row ${first} on`;
    return {
      ...found,
      request: where,
      problems: [
        ...broken,
        ...found.problems.map((each) => ({ ...each, message: `${where}: ${each.message}` })),
      ],
      unidentified: found.unidentified + broken.length,
      notModified: false,
      total: null,
      moved: false,
      fingerprint: textFingerprint(JSON.stringify(found.keys)),
      next: null,
      validators: null,
    };
  }
}
