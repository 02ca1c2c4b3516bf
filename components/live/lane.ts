import { Coalescer } from "../../lib/coalescer.ts";

/**
 * One kind of refreshing: never two at once, and what is wanted meanwhile is done once more afterwards. So an
 * older answer never replaces a newer one, and a thousand events a second ask for no more than can be
 * answered.
 */
export class Lane<News> {
  private waiting: News[] = [];
  // What could not be fetched is asked for again by the next event, or when the connection is back.
  private readonly refreshes = new Coalescer(async () => {
    const news = this.waiting;
    this.waiting = [];
    if (news.length > 0) await this.refresh(news);
  });

  constructor(private readonly refresh: (news: readonly News[]) => Promise<unknown>) {}

  want(...news: News[]): void {
    this.waiting.push(...news);
    if (news.length > 0) this.refreshes.now();
  }

  stop(): void {
    this.waiting = [];
  }
}
