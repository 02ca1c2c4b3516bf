import { open, readFile, rename, utimes, writeFile } from "node:fs/promises";
import type { FileManner } from "../story/step.ts";

/** The file as the people of a story save it: at once, or slowly, so that a run may find half of a save. */
export class StoryFile {
  private slow: { text: string; rest: string; end: number } | null = null;

  /** @param ahead milliseconds by which the story's clock is ahead. */
  constructor(
    readonly path: string,
    private readonly ahead: () => number,
  ) {}

  /** What its author sees: also the part of a slow save that is not in the file yet. */
  async text(): Promise<string> {
    return this.slow?.text ?? readFile(this.path, "utf8");
  }

  async save(text: string, how: FileManner): Promise<void> {
    await this.saved();
    const target = how === "in place" ? this.path : `${this.path}.editor`;
    await writeFile(target, text);
    await this.stamp(target);
    if (target !== this.path) await rename(target, this.path);
  }

  async slowSave(text: string, part: number, ms: number): Promise<void> {
    await this.saved();
    const middle = Math.floor(text.length * part);
    // Not within a character: both halves are written in UTF-8.
    const cut = /[\uDC00-\uDFFF]/.test(text[middle] ?? "") ? middle + 1 : middle;
    await writeFile(this.path, text.slice(0, cut));
    await this.stamp(this.path);
    this.slow = { text, rest: text.slice(cut), end: this.ahead() + ms };
  }

  isSaving(): boolean {
    return this.slow !== null;
  }

  /** Ends a slow save. */
  async saved(): Promise<void> {
    const save = this.slow;
    if (!save) return;
    this.slow = null;
    const file = await open(this.path, "a");
    await file.write(save.rest);
    await file.close();
    await this.stamp(this.path);
  }

  /** Ends a slow save that was to end by now. */
  async timePassed(): Promise<void> {
    if (this.slow && this.ahead() >= this.slow.end) await this.saved();
  }

  /** A file that a person saves is stamped by the story's clock. */
  private async stamp(path: string): Promise<void> {
    const now = new Date(Date.now() + this.ahead());
    await utimes(path, now, now);
  }
}
