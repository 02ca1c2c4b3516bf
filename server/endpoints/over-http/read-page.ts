import type { Json, JsonMap } from "../../../lib/json.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { valuesAt } from "../../json-path.ts";
import { CollectionUnreadable, type Page, type ParentObject, type Validators } from "../collection.ts";
import { type Found, findItems, listAt } from "../find-items.ts";
import { textFingerprint } from "../fingerprints.ts";
import type { HttpAnswer, HttpClient } from "./http-client.ts";
import type { Paginator } from "./paginators/paginator.ts";
import { parseAnswer } from "./parse-answer.ts";

/** A page that was asked for; its answer may not be there yet. */
export interface AskedPage {
  url: URL;
  /** {place: the paginator's, seen: how many items the pages before it had}. */
  place: JsonMap;
  validators: Validators | null;
  answer: Promise<HttpAnswer>;
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

/** Asks for one page of a list. */
export function askForPage(
  client: HttpClient,
  paginator: Paginator,
  { list, signal, ...wish }: Omit<AskedPage, "answer" | "url"> & { list: URL; signal: AbortSignal },
): AskedPage {
  const url = paginator.at(list, wish.place["place"] as JsonMap);
  return { ...wish, url, answer: client.get(url, conditional(wish.validators, url), signal) };
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
  const seen = seenBefore + list.length - Math.min(shared.items, list.length);
  const total = totalOf(body, resource);
  const page = { body, headers: answer.headers, url, keys: found.keys, seen, total };
  const following = paginator.next(page, place);
  const next = following && client.withoutKey(following);
  const fingerprint = textFingerprint(JSON.stringify(found.keys));
  refuseCircle({ next, fingerprint, found, request, wish });
  const moved = shared.items > 0 && list.length > 0 && found.keys[0] !== shared.key;
  return {
    ...found,
    // What the page before had too counts once.
    list: moved ? list : list.slice(shared.items),
    items: shared.items > 0 && !moved ? found.items.filter(({ key }) => key !== shared.key) : found.items,
    request,
    problems: found.problems.map((problem) => ({ ...problem, message: `${request}: ${problem.message}` })),
    notModified: false,
    total,
    moved,
    fingerprint,
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
function refuseCircle({
  next,
  fingerprint,
  found,
  request,
  wish,
}: {
  next: JsonMap | null;
  fingerprint: string;
  found: Found;
  request: string;
  wish: PageWish;
}): void {
  if (found.keys.length > 1 && fingerprint === wish.before)
    throw unusable(request, "the page has the items of the page before; see paginator");
  if (next === null) return;
  const where = JSON.stringify(next);
  if (wish.been.has(where))
    throw unusable(request, "the next page is one that was read already; see paginator");
  wish.been.add(where);
}

/** @throws {CollectionUnreadable} when the answer is none of JSON. */
export function bodyOf(answer: HttpAnswer, request: string): Json {
  if (answer.status !== 200)
    throw new CollectionUnreadable({
      code: "request_failed",
      message: `${request}: answered ${answer.status}`,
    });
  try {
    return parseAnswer(answer.text);
  } catch {
    const type = String(answer.headers["content-type"] ?? "no content type");
    throw unusable(request, `the answer is no JSON (${type}, ${answer.text.length} characters)`);
  }
}

/** @throws {CollectionUnreadable} when the selector finds no list. */
export function listOf(
  body: Json,
  { data_selector }: Pick<HttpResourceConfig, "data_selector">,
  request: string,
): Json[] {
  const list = listAt(body, data_selector);
  if (!list) throw unusable(request, `data_selector ${data_selector} finds nothing in the answer`);
  if (list.length === 1 && data_selector === "$" && !Array.isArray(body))
    throw unusable(request, "the answer is no list; see data_selector");
  return list;
}

export function totalOf(body: Json, { paginator }: Pick<HttpResourceConfig, "paginator">): number | null {
  const path = "total_path" in paginator ? paginator.total_path : undefined;
  const total = path === undefined ? undefined : valuesAt(body, path)[0];
  const value = typeof total === "string" && /^\d+$/.test(total) ? Number(total) : total;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function unusable(request: string, what: string): CollectionUnreadable {
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
