import type { QueryClient } from "@tanstack/react-query";
import type { LockstepEvent } from "../../lib/protocol/event.ts";
import { type Root, ROOTS, staleRoots } from "./stale-roots.ts";
import { refreshTasks, type TaskNews, taskNews } from "./task-updates.ts";

/** The events of one run come within a few milliseconds: one new look answers them all. */
const GATHER_MS = 25;

/** Gathers what events make out of date and fetches it anew. */
export class LiveCache {
  private readonly roots = new Set<Root>();
  private news: TaskNews[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  /** One look at tasks after the other: an older answer must not replace a newer one. */
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly client: QueryClient) {}

  take(event: LockstepEvent): void {
    for (const root of staleRoots(event)) this.roots.add(root);
    const news = taskNews(event);
    if (news) this.news.push(news);
    if (this.roots.size + this.news.length > 0) this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  everythingIsStale(): void {
    for (const root of ROOTS) void this.client.invalidateQueries({ queryKey: [root] });
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private refresh(): void {
    this.timer = undefined;
    if (this.stopped) return;
    const { news } = this;
    this.news = [];
    if (news.length > 0) this.looking = this.looking.then(() => refreshTasks(this.client, news));
    for (const root of this.roots) void this.client.invalidateQueries({ queryKey: [root] });
    this.roots.clear();
  }
}
