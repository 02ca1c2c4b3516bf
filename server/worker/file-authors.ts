import type { RunResult } from "../runs/current-run.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { fileAuthor } from "../git/file-author.ts";
import { saveFileAuthor } from "../store/file-authors.ts";

/**
 * Finds out who made the edits that runs carried from the file. Behind the runs' backs and one after
 * the other: git may be slow or missing, and no run waits for it or fails by it.
 */
export class FileAuthors {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly context: Pick<SourceContext, "pool" | "log" | "source">) {}

  /** Takes note of a run. */
  noted({ run, edited }: RunResult): void {
    if (run && edited) this.last = this.last.then(() => this.find(run.id, edited.realPath, edited.bytes));
  }

  /** Resolves when there is nothing more to find out. */
  idle(): Promise<void> {
    return this.last;
  }

  private async find(runId: string, realPath: string, bytes: Buffer): Promise<void> {
    try {
      await saveFileAuthor(this.context.pool, runId, await fileAuthor(realPath, bytes));
    } catch (error) {
      this.context.log.debug(
        { err: error, source: this.context.source, run: runId },
        "who edited the file was not noted",
      );
    }
  }
}
