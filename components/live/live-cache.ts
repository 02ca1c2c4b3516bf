import type { QueryClient } from "@tanstack/react-query";
import type { LockstepEvent } from "../../lib/protocol/event.ts";
import { Lane } from "./lane.ts";
import { refreshSources, sourceNews } from "./source-updates.ts";
import { type Root, ROOTS, staleRoots } from "./stale-roots.ts";
import { refreshTasks, type TaskNews, taskNews } from "./task-updates.ts";

/** How long events are gathered, in milliseconds, because one fetch answers all events of a run. */
const GATHER_MS = 25;

/** Collects the data that events make out of date, and fetches it again. */
export class LiveCache {
  private readonly roots = new Set<Root>();
  private news: TaskNews[] = [];
  private sourceNews: (string | null)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private readonly tasks: Lane<TaskNews>;
  private readonly sources: Lane<string | null>;
  private readonly others: ReadonlyMap<Root, Lane<true>>;

  constructor(private readonly client: QueryClient) {
    this.tasks = new Lane((news) => refreshTasks(client, news));
    this.sources = new Lane((news) => refreshSources(client, news));
    this.others = new Map(
      ROOTS.map((root) => [root, new Lane<true>(() => client.invalidateQueries({ queryKey: [root] }))]),
    );
  }

  take(event: LockstepEvent): void {
    for (const root of staleRoots(event)) this.roots.add(root);
    const news = taskNews(event);
    if (news) this.news.push(news);
    const source = sourceNews(event);
    if (source !== undefined) this.sourceNews.push(source);
    if (this.roots.size + this.news.length + this.sourceNews.length > 0)
      this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  everythingIsStale(): void {
    for (const root of ROOTS) void this.client.invalidateQueries({ queryKey: [root] });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const lane of [this.tasks, this.sources, ...this.others.values()]) lane.stop();
  }

  private refresh(): void {
    this.timer = undefined;
    if (this.stopped) return;
    this.tasks.want(...this.news);
    this.sources.want(...this.sourceNews);
    for (const root of this.roots) this.others.get(root)?.want(true);
    this.news = [];
    this.sourceNews = [];
    this.roots.clear();
  }
}
