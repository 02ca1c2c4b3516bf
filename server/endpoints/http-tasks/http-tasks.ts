import type { FileJson } from "../../../lib/protocol/file.ts";
import type { SampleWish, SourceSample } from "../../../lib/protocol/sample.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { EarlierText } from "../../../lib/yaml/earlier-text.ts";
import { taskLines } from "../../../lib/yaml/task-lines.ts";
import { CollectionUnreadable } from "../collection.ts";
import type { Endpoint, EndpointRead, MayWrite, Snapshot, Versions, Watch } from "../endpoint.ts";
import { EndpointPartial, TooLargeToShow } from "../errors.ts";
import type { HttpClient } from "../over-http/http-client.ts";
import { sharedClient } from "../over-http/shared-client.ts";
import { MOST_SHOWN_BYTES } from "../schedule-text/most-shown.ts";
import { HttpTasksSnapshot, type TasksSide, withChanges } from "./http-tasks-snapshot.ts";
import { type Listing, listingOf, listingOfTasks } from "./listing.ts";
import type { HttpTasksOptions } from "./options.ts";
import { planChanges } from "./plan-changes.ts";
import { readList } from "./read-list.ts";
import { sameTask } from "./same-task.ts";
import { taskOfItem } from "./task-of-item.ts";
import { sampleTasks } from "./sample-tasks.ts";
import { ListWatch } from "./watch-list.ts";
import { writeChanges } from "./write-changes.ts";
import type { PlannedChange } from "./write-task.ts";

/** Tasks behind a REST API. What it lists is shown as a file would have it; each task is written by a request of its own. */
export class HttpTasks implements Endpoint, TasksSide {
  readonly kind = "http_tasks";
  readonly place: string;
  private readonly client: HttpClient;
  private readonly now: () => number;
  private readonly watchers = new Set<() => void>();
  /** What the last look of the watch, or our own write, found; undefined: nothing yet. */
  private noticed: string | null | undefined;
  private polled: Listing | undefined;

  constructor(private readonly options: HttpTasksOptions) {
    const { config, valueOf, now = () => Date.now() } = options;
    this.now = now;
    this.client = sharedClient(config.client, valueOf, now);
    this.place = `${config.client.base_url.replace(/\/$/, "")}${config.path}`;
  }

  async read(previous?: Snapshot): Promise<EndpointRead> {
    const before = previous instanceof HttpTasksSnapshot ? previous.listing : undefined;
    try {
      const listing = await this.list(before);
      if (previous instanceof HttpTasksSnapshot && listing === before)
        return { ok: true, snapshot: previous };
      return { ok: true, snapshot: new HttpTasksSnapshot(listing, this) };
    } catch (error) {
      if (!(error instanceof CollectionUnreadable)) throw error;
      return {
        ok: false,
        problem: { code: "list_unreadable", message: error.message },
        revision: null,
        size: null,
        modifiedAt: null,
        again: true,
      };
    }
  }

  async view(previous?: Snapshot): Promise<FileJson> {
    const read = await this.read(previous);
    const path = this.place;
    if (!read.ok) return { path, revision: null, text: null, tasks: [], problems: [read.problem] };
    const { revision, size, tasks } = read.snapshot as HttpTasksSnapshot;
    if (size > MOST_SHOWN_BYTES)
      throw new TooLargeToShow(`${path} has ${size} bytes as YAML; up to ${MOST_SHOWN_BYTES} are shown`);
    const { document } = tasks;
    return { path, revision, text: document.text, tasks: taskLines(document), problems: document.problems };
  }

  sample(wish: SampleWish): Promise<SourceSample> {
    return sampleTasks(this.client, this.options.config, wish);
  }

  /** An API gives its present state only. */
  readonly versions: Versions = {
    list: async () => [],
    readText: async () => null,
    restore: async () => false,
  };

  async watch(onChange: () => void): Promise<Watch> {
    this.watchers.add(onChange);
    const { watch_seconds } = this.options.config;
    const poll =
      watch_seconds === undefined
        ? null
        : new ListWatch({
            look: () => this.look(),
            isNews: (said) => {
              const isNews = this.noticed !== said;
              this.noticed = said;
              return isNews;
            },
            everyMs: watch_seconds * 1_000,
            onChange,
          });
    return {
      isAlive: () => this.watchers.has(onChange) && (poll?.isAlive() ?? true),
      close: async () => {
        this.watchers.delete(onChange);
        await poll?.close();
      },
    };
  }

  async mend(): Promise<null> {
    return null;
  }

  async rejoin(): Promise<void> {}

  async removeLeftovers(): Promise<void> {}

  plan(listing: Listing, items: readonly PlanItem[], at: Date, earlier?: EarlierText) {
    return planChanges({ config: this.options.config, place: this.place }, listing, items, at, earlier);
  }

  async write(
    listing: Listing,
    wanted: Listing,
    changes: readonly PlannedChange[],
    mayWrite: MayWrite,
  ): Promise<HttpTasksSnapshot> {
    const { client, place } = this;
    const { config } = this.options;
    const { done, left } = await writeChanges({ client, config, place, mayWrite }, changes);
    const items = new Map(listing.items);
    let isAltered = false;
    const tasks = withChanges(listing.tasks, changes, (change) => {
      if (!done.has(change.key)) return undefined;
      const item = done.get(change.key);
      if (item === null) items.delete(change.key);
      if (!item) return change.after;
      items.set(change.key, item);
      const told = taskOfItem(item, config);
      if (change.after && sameTask(told, change.after)) return told;
      // What the API made of it is an edit of its own, which the next reading finds beside what was agreed on.
      isAltered = true;
      return change.after;
    });
    const now = new Date(this.now()).toISOString();
    const after = await listingOfTasks({ items, tasks, validators: null }, now, wanted);
    this.noticed = after.revision;
    if (isAltered) for (const onChange of this.watchers) onChange();
    const snapshot = new HttpTasksSnapshot(after, this);
    if (left.size === 0) return snapshot;
    throw new EndpointPartial(`${left.size} of ${changes.length} tasks were not written`, snapshot, left);
  }

  private async list(before: Listing | undefined): Promise<Listing> {
    const { config } = this.options;
    const told = await readList(this.client, config, before?.validators ?? null);
    if (told) return listingOf(told, config, new Date(this.now()).toISOString(), before);
    if (before) return before;
    const message = `${this.place}: answered "not modified" to a request without conditions`;
    throw new CollectionUnreadable({ code: "unusable_answer", message });
  }

  private async look(): Promise<string | null> {
    try {
      this.polled = await this.list(this.polled);
      return this.polled.revision;
    } catch {
      return null;
    }
  }
}
