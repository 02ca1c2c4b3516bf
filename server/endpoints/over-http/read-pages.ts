import type { JsonMap } from "../../../lib/json.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import type { ListWish } from "../collection.ts";
import type { HttpClient } from "./http-client.ts";
import type { Paginator } from "./paginators/paginator.ts";
import { pathsOf, readInParts } from "./read-parts.ts";
import { askForPage, type HttpPage, readPage } from "./read-page.ts";

export interface Reading extends Omit<ListWish, "since"> {
  list: URL;
  /** A large page may come in parts, so that no more than one of them is held. */
  inParts: boolean;
}

/**
 * Reads a list page by page, from its first page or from a place where an earlier reading stood. The next page is asked for
 * while the reader is still at work on the one before, and no more than that, so that memory stays flat.
 * @throws {CollectionUnreadable} with the request that failed; the pages before it count.
 */
export async function* readPages(
  client: HttpClient,
  resource: HttpResourceConfig,
  paginator: Paginator,
  { list, parent, from, validators, signal, inParts }: Reading,
): AsyncGenerator<HttpPage, void, undefined> {
  // A reader that stops in the middle leaves a request behind that is of no use any more.
  const over = new AbortController();
  const stop = () => over.abort(signal?.reason);
  signal?.addEventListener("abort", stop);
  const paths = inParts ? pathsOf(resource) : null;
  const ask = (place: JsonMap, known: ListWish["validators"]) => {
    const wish = { list, place, validators: known, signal: over.signal, inPieces: paths !== null };
    const asked = askForPage(client, paginator, wish);
    // What went wrong is told when it is the page's turn.
    asked.answer.catch(() => undefined);
    return asked;
  };
  try {
    // The validators are those of the first page, which may be the same while a later one is not.
    let asked = ask(from ?? { place: paginator.first, seen: 0 }, from === null ? validators : null);
    const been = new Set<string>();
    for (let before: string | null = null; ;) {
      const wish = { asked, parent, before, been };
      const large = paths && (asked.place["part"] !== undefined || (await asked.answer).pieces !== null);
      const page: HttpPage = large
        ? yield* readInParts(client, resource, paginator, { ...wish, paths, signal: over.signal })
        : await readPage(client, resource, paginator, wish);
      const { next } = page;
      if (next === null) return yield page;
      // The reader of a first page may want no more than that one.
      const ahead = before === null ? null : ask(next, null);
      before = page.fingerprint;
      yield page;
      asked = ahead ?? ask(next, null);
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    over.abort();
  }
}
