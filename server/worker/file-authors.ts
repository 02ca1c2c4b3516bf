import { Coalescer } from "../../lib/coalescer.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { RunResult } from "../runs/current-run.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { saveFileAuthor } from "../store/file-authors.ts";

/**
 * Finds out who made the edits that runs carried from the file. It works after the runs and one run at a
 * time: git may be slow or missing, and no run waits for it or fails by it.
 */
export class FileAuthors {
  private readonly edits: { run: string; file: Snapshot }[] = [];
  private readonly looks = new Coalescer(() => this.findAll());

  constructor(private readonly context: Pick<SourceContext, "pool" | "log" | "source">) {}

  /** Takes note of a run. */
  noted({ run, edited }: RunResult): void {
    if (!run || !edited) return;
    this.edits.push({ run: run.id, file: edited });
    this.looks.now();
  }

  /** Resolves when there is nothing more to find out. */
  idle(): Promise<void> {
    return this.looks.idle();
  }

  private async findAll(): Promise<void> {
    for (let edit = this.edits.shift(); edit; edit = this.edits.shift()) await this.find(edit.run, edit.file);
  }

  private async find(run: string, file: Snapshot): Promise<void> {
    const { pool, log, source } = this.context;
    try {
      await saveFileAuthor(pool, run, await file.author());
    } catch (error) {
      log.debug({ err: error, source, run }, "the author of an edit of the file was not noted");
    }
  }
}
