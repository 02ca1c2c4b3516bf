import type { Json } from "../../../lib/json.ts";
import { advance } from "../../../lib/pull/advance.ts";
import { type ListProgress, movement, newList } from "../../../lib/pull/list-progress.ts";
import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import { CollectionUnreadable, type Validators } from "../collection.ts";
import { listAddress } from "../over-http/addresses-of.ts";
import type { HttpClient } from "../over-http/http-client.ts";
import { openPaginator } from "../over-http/paginators/open-paginator.ts";
import { readPages } from "../over-http/read-pages.ts";
import { asResource } from "./as-resource.ts";

/** The whole list, which was read in one picture. */
export interface WholeList {
  items: readonly Json[];
  /** Of a list on one page: with these the next reading may find that nothing has changed. */
  validators: Validators | null;
}

/** A list whose items move is read so often. */
const MOST_PASSES = 3;

/**
 * Reads the list of tasks, all of it or nothing: a page that fails or repeats, a total that does not fit, and items that
 * move between two pages make it unreadable, since an absence from it would delete a task.
 * @returns null when it is as it was at the time of the validators.
 * @throws {CollectionUnreadable}
 */
export async function readList(
  client: HttpClient,
  config: HttpTasksConfig,
  validators: Validators | null,
): Promise<WholeList | null> {
  for (let pass = 1; ; pass++) {
    const read = await readOnce(client, config, pass === 1 ? validators : null);
    if (read === null) return null;
    const why = movement(read.progress);
    if (why === null) return read;
    if (pass < MOST_PASSES) continue;
    const message = `${read.progress.lastRequest ?? client.named(listAddress(client, config, null))}: ${why}`;
    throw new CollectionUnreadable({ code: "incomplete_pull", message });
  }
}

async function readOnce(
  client: HttpClient,
  config: HttpTasksConfig,
  validators: Validators | null,
): Promise<(WholeList & { progress: ListProgress }) | null> {
  const list = listAddress(client, config, null);
  const pages = (known: Validators | null) =>
    readPages(client, asResource(config), openPaginator(config.paginator), {
      ...{ list, parent: null, from: null, inParts: false },
      validators: known,
    });
  const items: Json[] = [];
  const keys = new Set<string>();
  let progress = newList(1);
  let last: Validators | null = null;
  for await (const page of pages(validators)) {
    if (page.notModified) return null;
    progress = advance(progress, page);
    last = page.validators;
    items.push(...page.list);
    // The same key twice on a page is no sign that items moved, but an id that is not unique: such tasks are held.
    for (const key of new Set([...page.items.map((item) => item.key), ...page.held])) {
      if (keys.has(key)) progress = { ...progress, repeated: progress.repeated + 1 };
      keys.add(key);
    }
  }
  progress = { ...progress, unique: items.length - progress.repeated };
  if (progress.pages === 1) return { items, validators: last, progress };
  const again = await pages(null).next();
  const firstAgain = !again.done && again.value.fingerprint === progress.first ? "unchanged" : "changed";
  return { items, validators: null, progress: { ...progress, firstAgain } };
}
