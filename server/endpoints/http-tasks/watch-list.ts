import type { Watch } from "../endpoint.ts";

export interface ListWatchOptions {
  /** What the list says now, in one word that is another one after each change; null: it cannot be read. */
  look(): Promise<string | null>;
  /** Whether that is news. */
  isNews(said: string | null): boolean;
  everyMs: number;
  onChange(): void;
}

/** Looks at a list again and again, one look at a time. */
export class ListWatch implements Watch {
  private timer: NodeJS.Timeout | undefined;
  private going: Promise<void> | undefined;
  private isClosed = false;
  private couldRead = true;

  constructor(private readonly options: ListWatchOptions) {
    this.next(0);
  }

  isAlive(): boolean {
    return !this.isClosed && this.couldRead;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.going;
  }

  private next(ms: number): void {
    if (this.isClosed) return;
    this.timer = setTimeout(() => {
      this.going = this.look().finally(() => this.next(this.options.everyMs));
    }, ms).unref();
  }

  private async look(): Promise<void> {
    const { look, isNews, onChange } = this.options;
    const said = await look();
    this.couldRead = said !== null;
    if (!this.isClosed && isNews(said)) onChange();
  }
}
