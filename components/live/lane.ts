import { Coalescer } from "../../lib/coalescer.ts";

/**
 * Refreshes one kind of data with one request at a time. News that arrives meanwhile is refreshed together afterwards.
 * So an older answer never replaces a newer answer, and many events cause few requests.
 */
export class Lane<News> {
  private waiting: News[] = [];
  // After a failed refresh, the next event or the next connection refreshes the data.
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
