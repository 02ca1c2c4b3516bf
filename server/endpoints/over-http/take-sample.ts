import type { SourceSample } from "../../../lib/protocol/sample.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { CollectionUnreadable, type ParentObject } from "../collection.ts";
import { findItems } from "../find-items.ts";
import { sampleRows } from "../sample-rows.ts";
import type { HttpClient } from "./http-client.ts";
import { openPaginator } from "./paginators/open-paginator.ts";
import { bodyOf, listOf, totalOf } from "./read-page.ts";

/** Sends the first request of a list and says what is made of the answer. What fails is among the problems. */
export async function takeSample(
  client: HttpClient,
  resource: HttpResourceConfig,
  list: URL,
  parent: ParentObject | null,
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
    const answer = await client.get(url);
    sample.status = answer.status;
    const body = bodyOf(answer, request);
    sample.total = totalOf(body, resource);
    const items = listOf(body, resource, request);
    const found = findItems(items, resource, parent);
    sample.found = items.length;
    sample.problems = found.problems;
    sample.rows = sampleRows(items, found);
    const page = {
      body,
      headers: answer.headers,
      url,
      keys: found.keys,
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
  sample.duration_ms = Math.round(performance.now() - started);
  return sample;
}
