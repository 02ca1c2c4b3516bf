import type { Json, JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { valuesAt } from "../../json-path.ts";
import { CollectionUnreadable, type Page, type ParentObject, type Validators } from "../collection.ts";
import { type Found, findItems, listAt } from "../find-items.ts";
import { textFingerprint } from "../fingerprints.ts";
import type { HttpAnswer, HttpClient, OpenAnswer } from "./http-client.ts";
import type { ListParser } from "./list-parser.ts";
import type { Paginator } from "./paginators/paginator.ts";
import { parseAnswer } from "./parse-answer.ts";

/** A page that was asked for; its answer may not be there yet. */
export interface AskedPage {
  url: URL;
  /** {place: the paginator's, seen: how many items the pages before it had}. */
  place: JsonMap;
  validators: Validators | null;
  answer: Promise<OpenAnswer>;
}

export interface PageWish {
  asked: AskedPage;
  parent: ParentObject | null;
  /** Fingerprint of the page before. */
  before: string | null;
  /** Places where this reading has been. */
  been: Set<string>;
}

/** A page with its items as they came, those without a key too. */
export interface HttpPage extends Page {
  list: readonly Json[];
}

interface PageToAsk extends Omit<AskedPage, "answer" | "url"> {
  list: URL;
  signal: AbortSignal;
  /** A large answer is left to be read in pieces. */
  inPieces: boolean;
}

/** Asks for one page of a list. */
export function askForPage(
  client: HttpClient,
  paginator: Paginator,
  { list, signal, inPieces, ...wish }: PageToAsk,
): AskedPage {
  const url = paginator.at(list, wish.place["place"] as JsonMap);
  const headers = conditional(wish.validators, url);
  const answer = inPieces
    ? client.open(url, headers, signal)
    : client.get(url, headers, signal).then((whole) => ({ ...whole, pieces: null }));
  return { ...wish, url, answer };
}

/** Reads one page of a list. @throws {CollectionUnreadable} */
export async function readPage(
  client: HttpClient,
  resource: HttpResourceConfig,
  paginator: Paginator,
  wish: PageWish,
): Promise<HttpPage> {
  const { asked } = wish;
  const { url } = asked;
  const place = asked.place["place"] as JsonMap;
  const seenBefore = Number(asked.place["seen"]);
  const request = client.named(url);
  const answer = await asked.answer;
  if (answer.status === 304)
    return { ...NOTHING, list: [], request, notModified: true, validators: asked.validators };
  // Some APIs answer 404 for the page after the last one.
  const ended = answer.status === 404 && seenBefore > 0 && asked.place["total"] === seenBefore;
  if (ended) return { ...NOTHING, list: [], request, fingerprint: "end" };
  const body = bodyOf(answer, request);
  const list = listOf(body, resource, request);
  const shared = paginator.overlap?.(place) ?? { items: 0, key: null };
  const found = findItems(list, resource, wish.parent);
  const fingerprint = textFingerprint(JSON.stringify(found.keys));
  const read = { body, answer, fingerprint, count: list.length, lastKey: found.keys.at(-1) ?? null };
  const end = endOfPage(client, resource, paginator, wish, read);
  const moved = shared.items > 0 && list.length > 0 && found.keys[0] !== shared.key;
  return {
    ...found,
    // What the page before had too counts once.
    list: moved ? list : list.slice(shared.items),
    items: shared.items > 0 && !moved ? found.items.filter(({ key }) => key !== shared.key) : found.items,
    request,
    problems: problemsAt(request, found),
    notModified: false,
    moved,
    fingerprint,
    ...end,
  };
}

export function problemsAt(request: string, { problems }: Pick<Found, "problems">): Problem[] {
  return problems.map((problem) => ({ ...problem, message: `${request}: ${problem.message}` }));
}

interface WholePage {
  body: Json;
  answer: HttpAnswer;
  fingerprint: string;
  count: number;
  lastKey: string | null;
}

/** What a page says once all of it is read. @throws {CollectionUnreadable} when the pages would never end. */
export function endOfPage(
  client: HttpClient,
  resource: HttpResourceConfig,
  paginator: Paginator,
  wish: PageWish,
  { body, answer, fingerprint, count, lastKey }: WholePage,
): Pick<Page, "total" | "next" | "validators"> {
  const { url, place: asked } = wish.asked;
  const place = asked["place"] as JsonMap;
  const shared = Math.min(paginator.overlap?.(place).items ?? 0, count);
  const seen = Number(asked["seen"]) + count - shared;
  const total = totalOf(body, resource);
  const following = paginator.next(
    { body, headers: answer.headers, url, count, lastKey, seen, total },
    place,
  );
  const next = following && client.withoutKey(following);
  refuseCircle(wish, { next, fingerprint, count, request: client.named(url) });
  return {
    total,
    next: next && { place: next, seen, ...(total === null ? {} : { total }) },
    validators: validatorsOf(answer),
  };
}

/** Reads one object by its key; null when it is gone. @throws {CollectionUnreadable} */
export async function readItem(
  client: HttpClient,
  resource: HttpResourceConfig,
  url: URL,
  { key, parent }: { key: string; parent: ParentObject | null },
): Promise<Page | null> {
  const request = client.named(url);
  const answer = await client.get(url);
  if (answer.status === 404 || answer.status === 410) return null;
  const [item] = valuesAt(bodyOf(answer, request), resource.item_selector);
  const found = findItems(item === undefined ? [] : [item], resource, parent);
  if (found.keys[0] !== key)
    throw unusable(
      request,
      `the object there has the key ${found.keys[0] ?? "(none)"} and not ${key}; see item_selector`,
    );
  return { ...NOTHING, ...found, request };
}

const NOTHING: Omit<Page, "request"> = {
  items: [],
  held: [],
  problems: [],
  unidentified: 0,
  notModified: false,
  total: null,
  moved: false,
  fingerprint: "",
  next: null,
  validators: null,
};

/** A page that repeats is a server that does not know the parameter, and would be read for ever. */
function refuseCircle(
  wish: PageWish,
  {
    next,
    fingerprint,
    count,
    request,
  }: { next: JsonMap | null; fingerprint: string; count: number; request: string },
): void {
  if (count > 1 && fingerprint === wish.before)
    throw unusable(request, "the page has the items of the page before; see paginator");
  if (next === null) return;
  const where = JSON.stringify(next);
  if (wish.been.has(where))
    throw unusable(request, "the next page is one that was read already; see paginator");
  wish.been.add(where);
}

/** @throws {CollectionUnreadable} when the answer is none of JSON. */
export function bodyOf(answer: HttpAnswer, request: string): Json {
  refuseStatus(answer, request);
  try {
    return parseAnswer(answer.text);
  } catch {
    throw noJson(answer, request, answer.text.length);
  }
}

/** @throws {CollectionUnreadable} when the answer is none that has what was asked for. */
export function refuseStatus({ status }: HttpAnswer, request: string): void {
  if (status !== 200)
    throw new CollectionUnreadable({ code: "request_failed", message: `${request}: answered ${status}` });
}

export function noJson({ headers }: HttpAnswer, request: string, length: number): CollectionUnreadable {
  const type = String(headers["content-type"] ?? "no content type");
  return unusable(request, `the answer is no JSON (${type}, ${length} characters)`);
}

/** @throws {CollectionUnreadable} when the selector finds no list. */
export function listOf(
  body: Json,
  { data_selector }: Pick<HttpResourceConfig, "data_selector">,
  request: string,
): Json[] {
  const list = listAt(body, data_selector);
  if (!list) throw nothingAt(data_selector, request);
  if (list.length === 1 && data_selector === "$" && !Array.isArray(body)) throw noList(request);
  return list;
}

/** @throws {CollectionUnreadable} when what was read to its end has no list where the selector looks for one. */
export function refuseNoList(found: ListParser["found"], selector: string, request: string): void {
  if (found === "nothing") throw nothingAt(selector, request);
  if (found === "value" && selector === "$") throw noList(request);
}

function nothingAt(selector: string, request: string): CollectionUnreadable {
  return unusable(request, `data_selector ${selector} finds nothing in the answer`);
}

function noList(request: string): CollectionUnreadable {
  return unusable(request, "the answer is no list; see data_selector");
}

export function totalOf(body: Json, { paginator }: Pick<HttpResourceConfig, "paginator">): number | null {
  const path = "total_path" in paginator ? paginator.total_path : undefined;
  const total = path === undefined ? undefined : valuesAt(body, path)[0];
  const value = typeof total === "string" && /^\d+$/.test(total) ? Number(total) : total;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function unusable(request: string, what: string): CollectionUnreadable {
  return new CollectionUnreadable({ code: "unusable_answer", message: `${request}: ${what}` });
}

function conditional(validators: Validators | null, url: URL): Record<string, string> {
  if (validators?.url !== url.href) return {};
  const { etag, last_modified } = validators;
  if (etag !== null) return { "if-none-match": etag };
  return last_modified === null ? {} : { "if-modified-since": last_modified };
}

function validatorsOf({ headers, url }: HttpAnswer): Validators | null {
  const text = (name: string) => (typeof headers[name] === "string" ? headers[name] : null);
  const [etag, last_modified] = [text("etag"), text("last-modified")];
  return etag === null && last_modified === null ? null : { url: url.href, etag, last_modified };
}
