import type { Json } from "../../../lib/json.ts";
import type { SourceSample } from "../../../lib/protocol/sample.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { CollectionUnreadable } from "../collection.ts";
import type { HttpClient } from "./http-client.ts";
import { openPaginator } from "./paginators/open-paginator.ts";
import { readForSample } from "./read-for-sample.ts";
import { totalOf } from "./read-page.ts";

/** What is made of the items of a page. */
export interface SampledPage extends Pick<SourceSample, "rows" | "problems"> {
  /** In the order of the answer; null for an item without a key. */
  keys: (string | null)[];
}

/**
 * Sends the first request of a list and says what is made of the answer. What fails is among the problems.
 * @param read what is made of the items.
 */
export async function takeSample(
  client: HttpClient,
  resource: HttpResourceConfig,
  list: URL,
  read: (items: readonly Json[]) => SampledPage | Promise<SampledPage>,
): Promise<SourceSample> {
  const paginator = openPaginator(resource.paginator);
  const url = paginator.at(list, paginator.first);
  const request = client.named(url);
  const started = performance.now();
  const sample: SourceSample = {
    request,
    headers: client.shownHeaders(),
    status: null,
    duration_ms: 0,
    found: 0,
    total: null,
    rows: [],
    next: null,
    next_request: null,
    problems: [],
  };
  try {
    const answer = await client.open(url, {}, new AbortController().signal);
    sample.status = answer.status;
    const { body, items, partial } = await readForSample(client, resource, answer, request);
    sample.total = totalOf(body, resource);
    sample.found = items.length;
    const { keys, rows, problems } = await read(items);
    Object.assign(sample, { rows, problems });
    // What follows the page is known from all of it alone.
    if (partial) return { ...sample, partial, duration_ms: since(started) };
    const page = {
      body,
      headers: answer.headers,
      url,
      count: items.length,
      lastKey: keys.at(-1) ?? null,
      seen: items.length,
      total: sample.total,
    };
    const next = paginator.next(page, paginator.first);
    sample.next = next && client.withoutKey(next);
    sample.next_request = sample.next && client.named(paginator.at(list, sample.next));
  } catch (error) {
    if (!(error instanceof CollectionUnreadable)) throw error;
    sample.problems = [error.problem];
  }
  return { ...sample, duration_ms: since(started) };
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
