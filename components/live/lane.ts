/**
 * One kind of refreshing: never two at once, and what is wanted meanwhile is done once more afterwards. So an
 * older answer never replaces a newer one, and a thousand events a second ask for no more than can be answered.
 */
export class Lane<News> {
  private waiting: News[] = [];
  private busy = false;

  constructor(private readonly refresh: (news: readonly News[]) => Promise<unknown>) {}

  want(...news: News[]): void {
    this.waiting.push(...news);
    if (!this.busy && this.waiting.length > 0) void this.work();
  }

  stop(): void {
    this.waiting = [];
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const news = this.waiting;
      this.waiting = [];
      // What could not be fetched is asked for again by the next event, or when the connection is back.
      await this.refresh(news).catch(() => undefined);
    }
    this.busy = false;
  }
}
