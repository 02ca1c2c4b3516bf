import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { isMap, type Json, type JsonMap } from "../../../lib/json.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { simplePath } from "../../json-path.ts";
import { CollectionUnreadable, type Page } from "../collection.ts";
import { findItems, keyOf } from "../find-items.ts";
import { MEGABYTE } from "./dispatcher.ts";
import { type HttpAnswer, type HttpClient, isBrokenBody } from "./http-client.ts";
import { ItemTooLarge, ListParser, type WantedPaths } from "./list-parser.ts";
import type { Paginator } from "./paginators/paginator.ts";
import {
  endOfPage,
  type HttpPage,
  noJson,
  type PageWish,
  problemsAt,
  refuseNoList,
  refuseStatus,
  unusable,
} from "./read-page.ts";

/** A part is given out when it has so many items, or characters. */
const PART_ITEMS = 1_000;
const PART_CHARACTERS = MEGABYTE;
const SECOND_MS = 1_000;

export interface PartsWish extends PageWish {
  paths: WantedPaths;
  signal: AbortSignal;
}

/** Where a page's list is and what is wanted beside it; null: it takes the whole answer to find them. */
export function pathsOf({
  data_selector,
  paginator,
}: Pick<HttpResourceConfig, "data_selector" | "paginator">): WantedPaths | null {
  const list = simplePath(data_selector.replace(/\[\*\]$|\.\*$/, "") || "$");
  const { total_path, cursor_path, next_url_path } = paginator as Partial<Record<string, string>>;
  const beside = [total_path, cursor_path, next_url_path].flatMap((path) =>
    path === undefined ? [] : [simplePath(path)],
  );
  const known = beside.filter((path) => path !== null);
  if (!list || known.length < beside.length) return null;
  // A value that has the list in it would be kept with the list.
  return known.some((path) => path.every((name, at) => list[at] === name)) ? null : { list, beside: known };
}

/**
 * Reads a large page in parts, each of which leads to the next one, so that a pull that is killed goes on in the middle. A
 * body that breaks off is asked for again, and what was given out of it is passed over.
 * @returns the last part, which says what comes after the page. @throws {CollectionUnreadable}
 */
export async function* readInParts(
  client: HttpClient,
  resource: HttpResourceConfig,
  paginator: Paginator,
  wish: PartsWish,
): AsyncGenerator<HttpPage, HttpPage, undefined> {
  const { url } = wish.asked;
  const page = new LargePage(client, resource, paginator, wish);
  let answer = await wish.asked.answer;
  for (let broken = 0; ; broken++) {
    refuseStatus(answer, client.named(url));
    page.restart();
    try {
      for await (const piece of answer.pieces ?? [answer.text]) {
        page.write(piece);
        if (page.isFull) yield page.part();
      }
      return page.last(answer);
    } catch (error) {
      wish.signal.throwIfAborted();
      if (error instanceof CollectionUnreadable) throw error;
      if (!isBrokenBody(error as Error) || broken >= client.brokenBodies)
        throw client.failure(url, "GET", error);
    }
    const pause = client.config.retry_delay_seconds * SECOND_MS * (1 + Math.random()) * 2 ** broken;
    await delay(pause, undefined, { signal: wish.signal });
    answer = await client.open(url, {}, wish.signal);
  }
}

/** A page whose items are given out before all of it is read. */
class LargePage {
  private parser: ListParser;
  private keys = new KeysRead();
  private noJson = false;
  private length = 0;
  /** Items that were given out, and which they were. */
  private given: { items: number; keys: string };
  private batch: Json[] = [];
  private characters = 0;
  private moved = false;
  private clean = true;
  private lastKey: string | null = null;
  private readonly request: string;
  private readonly shared: { items: number; key: string | null };

  constructor(
    private readonly client: HttpClient,
    private readonly resource: HttpResourceConfig,
    private readonly paginator: Paginator,
    private readonly wish: PartsWish,
  ) {
    const { place } = wish.asked;
    this.request = client.named(wish.asked.url);
    this.shared = paginator.overlap?.(place["place"] as JsonMap) ?? { items: 0, key: null };
    const part = place["part"];
    this.given = isMap(part)
      ? { items: Number(part["items"]), keys: String(part["keys"]) }
      : { items: 0, keys: "" };
    this.parser = this.newParser();
  }

  /** The body comes from its beginning. */
  restart(): void {
    this.parser = this.newParser();
    this.keys = new KeysRead();
    [this.noJson, this.length, this.characters, this.batch, this.lastKey] = [false, 0, 0, [], null];
  }

  private newParser(): ListParser {
    return new ListParser(this.wish.paths, this.client.config.max_item_mb * MEGABYTE);
  }

  /** @throws {CollectionUnreadable} for an item that is too large. */
  write(piece: string): void {
    this.length += piece.length;
    this.characters += piece.length;
    // What is wrong is told with the length of the answer, so that the rest of it is counted.
    if (this.noJson) return;
    try {
      for (const item of this.parser.write(piece)) this.take(item);
    } catch (error) {
      if (!(error instanceof ItemTooLarge)) this.noJson = true;
      else
        throw unusable(
          this.request,
          `an item of the answer is larger than max_item_mb (${this.client.config.max_item_mb})`,
        );
    }
  }

  private take(item: Json): void {
    const key = keyOf(item, this.resource.primary_key);
    this.lastKey = key;
    this.keys.add(key);
    const { count } = this.keys;
    if (count <= this.given.items) {
      // Other items than before stand there: some may have slipped through.
      if (count === this.given.items && this.keys.soFar() !== this.given.keys) this.moved = true;
      return;
    }
    if (count <= this.shared.items) {
      if (key === this.shared.key) return;
      this.moved = true;
    }
    this.batch.push(item);
  }

  get isFull(): boolean {
    return this.batch.length > 0 && (this.batch.length >= PART_ITEMS || this.characters >= PART_CHARACTERS);
  }

  /** What has come since the part before. */
  part(): HttpPage {
    const { place: asked } = this.wish.asked;
    const items = this.takeBatch();
    this.given = { items: this.keys.count, keys: this.keys.soFar() };
    const next = { ...asked, part: this.given };
    return { ...items, fingerprint: "", next, total: null, validators: null, partial: true };
  }

  /** The rest, once the body is over. @throws {CollectionUnreadable} when it was none of JSON, or has no list. */
  last(answer: HttpAnswer): HttpPage {
    const { client, resource, paginator, wish, parser, request, lastKey } = this;
    if (!this.ends()) throw noJson(answer, request, this.length);
    refuseNoList(parser.found, resource.data_selector, request);
    if (this.keys.count < this.given.items) this.moved = true;
    const fingerprint = this.keys.fingerprint();
    const read = { body: parser.beside, answer, fingerprint, count: this.keys.count, lastKey };
    const end = endOfPage(client, resource, paginator, wish, read);
    const items = this.takeBatch();
    return { ...items, fingerprint, ...end, validators: this.clean ? end.validators : null };
  }

  private ends(): boolean {
    if (this.noJson) return false;
    try {
      this.parser.end();
      return true;
    } catch {
      return false;
    }
  }

  private takeBatch(): Omit<HttpPage, keyof Pick<Page, "total" | "next" | "validators" | "fingerprint">> {
    const { batch: list, request, moved, wish } = this;
    const found = findItems(list, this.resource, wish.parent, this.keys.count - list.length);
    [this.batch, this.characters] = [[], 0];
    this.clean &&= found.problems.length === 0;
    return { ...found, list, request, problems: problemsAt(request, found), notModified: false, moved };
  }
}

/** Which keys were read, one after the other, as the fingerprint of a page tells it; the keys themselves are not kept. */
class KeysRead {
  count = 0;
  private readonly hash = createHash("sha256");

  add(key: string | null): void {
    this.hash.update(`${this.count === 0 ? "[" : ","}${JSON.stringify(key)}`);
    this.count++;
  }

  soFar(): string {
    return this.hash.copy().digest("base64url").slice(0, 22);
  }

  /** The same as that of a page which was read as a whole. */
  fingerprint(): string {
    const whole = this.hash.copy().update(this.count === 0 ? "[]" : "]");
    return whole.digest("base64url").slice(0, 22);
  }
}
