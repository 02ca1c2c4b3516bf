import type { JsonMap } from "../../../lib/json.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import type { ListWish } from "../collection.ts";
import type { HttpClient } from "./http-client.ts";
import type { Paginator } from "./paginators/paginator.ts";
import { type HttpPage, readPage } from "./read-page.ts";

/**
 * Reads a list page by page, from its first page or from a place where an earlier reading stood.
 * @throws {CollectionUnreadable} with the request that failed; the pages before it count.
 */
export async function* readPages(
  client: HttpClient,
  resource: HttpResourceConfig,
  paginator: Paginator,
  { list, parent, from, validators, signal }: Omit<ListWish, "since"> & { list: URL },
): AsyncGenerator<HttpPage, void, undefined> {
  let place: JsonMap | null = from ?? { place: paginator.first, seen: 0 };
  const been = new Set<string>();
  for (let before: string | null = null; place;) {
    const page: HttpPage = await readPage(client, resource, paginator, {
      list,
      parent,
      place,
      // Of several pages the first one may be the same while a later one is not.
      validators: from === null && before === null ? validators : null,
      before,
      been,
      ...(signal ? { signal } : {}),
    });
    yield page;
    before = page.fingerprint;
    place = page.next;
  }
}
