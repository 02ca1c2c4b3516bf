import { Coalescer } from "../../lib/coalescer.ts";
import type { RunResult } from "../runs/current-run.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { fileAuthor } from "../git/file-author.ts";
import { saveFileAuthor } from "../store/file-authors.ts";

/**
 * Finds out who made the edits that runs carried from the file. Behind the runs' backs and one after
 * the other: git may be slow or missing, and no run waits for it or fails by it.
 */
export class FileAuthors {
  private readonly edits: { run: string; realPath: string; bytes: Buffer }[] = [];
  private readonly looks = new Coalescer(() => this.findAll());

  constructor(private readonly context: Pick<SourceContext, "pool" | "log" | "source">) {}

  /** Takes note of a run. */
  noted({ run, edited }: RunResult): void {
    if (!run || !edited) return;
    this.edits.push({ run: run.id, ...edited });
    this.looks.now();
  }

  /** Resolves when there is nothing more to find out. */
  idle(): Promise<void> {
    return this.looks.idle();
  }

  private async findAll(): Promise<void> {
    for (let edit = this.edits.shift(); edit; edit = this.edits.shift())
      await this.find(edit.run, edit.realPath, edit.bytes);
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
