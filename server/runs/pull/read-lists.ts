import PQueue from "p-queue";
import { advance } from "../../../lib/pull/advance.ts";
import { isSteady, type ListProgress, newList } from "../../../lib/pull/list-progress.ts";
import {
  CollectionUnreadable,
  type Page,
  type ParentObject,
  type Validators,
} from "../../endpoints/collection.ts";
import { eachObject, objectWithParent } from "../../store/object-tree.ts";
import { loadLists, type StoredList } from "../../store/pull-lists.ts";
import type { Pull } from "./pull-run.ts";

/** After so many requests that failed for good, the other system is taken to be down. */
const MOST_FAILURES = 5;
/** The list of a collection that hangs from none. */
export const ONLY_LIST = "";

/** Reads all lists of a pass, or some: several at a time, and each from where an earlier process stood. */
export async function readLists(pull: Pull, pass: number, only: ReadonlySet<string> | null): Promise<void> {
  const { context } = pull.run;
  const { parent, concurrency, fingerprint: config } = context.collection;
  const queue = new PQueue({ concurrency });
  const begin = async (parents: readonly (ParentObject | null)[]) => {
    const keys = parents.map((each) => each?.key ?? ONLY_LIST);
    const stored = await loadLists(context.pool, { source: context.source, config, pull: pull.row.id }, keys);
    for (const [at, key] of keys.entries()) {
      if (only && !only.has(key)) continue;
      const list = stored.get(key) ?? { cursor: null, validators: null, progress: null };
      const progress = list.progress?.pass === pass ? list.progress : newList(pass);
      if (progress.done) continue;
      await queue.onSizeLessThan(concurrency);
      if (pull.failures.length >= MOST_FAILURES) return;
      void queue
        .add(() => readList(pull, parents[at] ?? null, list, progress))
        .catch((error: unknown) => broken.push(error));
    }
  };
  const broken: unknown[] = [];
  if (parent?.kind !== "path") await begin([null]);
  else {
    for await (const part of eachObject(context.pool, parent.source, pull.plan.parents)) {
      // What hung from a parent that is gone is gone with it, and there is nothing to ask for.
      await begin(part.filter(({ deleted }) => !deleted));
      if (broken.length > 0 || pull.failures.length >= MOST_FAILURES) break;
    }
  }
  await queue.onIdle();
  if (broken.length > 0) throw broken[0];
  await pull.writer.flush();
}

async function readList(
  pull: Pull,
  parent: ParentObject | null,
  stored: StoredList,
  from: ListProgress,
): Promise<void> {
  const { run, writer, row } = pull;
  const { collection, stopping: signal } = run.context;
  const list = parent?.key ?? ONLY_LIST;
  const part = row.kind === "incremental";
  const since = part ? stored.cursor : null;
  let progress = from;
  let last: Page | null = null;
  try {
    const validators = part || progress.pass > 1 ? null : stored.validators;
    const fresh = progress.pages === 0 || progress.place !== null;
    if (fresh) {
      for await (const page of collection.pages({
        parent,
        from: progress.place,
        since,
        validators,
        signal,
      })) {
        progress = advance(progress, page);
        last = page;
        await writer.add({ list, page, progress });
        run.lease.moved();
      }
    }
    if (progress.pages > 1)
      progress = { ...progress, firstAgain: await readFirstAgain(pull, parent, since, progress) };
    const done = { ...progress, done: true };
    // Otherwise the next pass would begin after what it has to find.
    const cursor = isSteady(done) ? { cursor: done.cursor } : {};
    await writer.add({ list, page: null, progress: done, ...cursor, ...remembered(done, last, part) });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CollectionUnreadable)) throw error;
    pull.failures.push(error.problem);
  }
}

async function readFirstAgain(
  pull: Pull,
  parent: ParentObject | null,
  since: Page["next"] | StoredList["cursor"],
  { first }: ListProgress,
) {
  const { collection, stopping: signal } = pull.run.context;
  for await (const page of collection.pages({ parent, from: null, since, validators: null, signal })) {
    if (page.partial) continue;
    return page.fingerprint === first ? "unchanged" : "changed";
  }
  return "changed";
}

/** Only of a whole list on one page a later "not modified" says everything; and problems are to be told again. */
function remembered(
  { pages, notModified, unidentified }: ListProgress,
  page: Page | null,
  part: boolean,
): { validators?: Validators | null } {
  if (part || notModified) return {};
  const clean = page !== null && pages === 1 && unidentified === 0 && page.problems.length === 0;
  return { validators: clean ? page.validators : null };
}

/** Reads single objects; those that are gone are noted. */
export async function readSingles(pull: Pull, ids: readonly string[]): Promise<void> {
  const { run, writer } = pull;
  const { collection, pool, source } = run.context;
  const queue = new PQueue({ concurrency: collection.concurrency });
  const read = async (key: string) => {
    const known = await objectWithParent(pool, source, key);
    try {
      const page = await collection.one(key, known?.parent ?? null);
      run.lease.moved();
      if (page) await writer.add({ list: null, page, progress: null });
      else if (known) pull.gone.push(key);
      else
        pull.failures.push({
          code: "request_failed",
          message: `${source}: there is no object ${key}`,
          task_id: key,
        });
    } catch (error) {
      if (!(error instanceof CollectionUnreadable)) throw error;
      pull.failures.push(error.problem);
    }
  };
  await queue.addAll(ids.map((id) => () => read(id)));
  await writer.flush();
}
