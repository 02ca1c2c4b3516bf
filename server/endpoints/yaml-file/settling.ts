import { mayBeHalf } from "../../../lib/yaml/may-be-half.ts";
import { changedAt, type FileSnapshot } from "./snapshot.ts";

/** A file that looks cut off has to be quiet for this many debounces, within these bounds. */
const HALF_FACTOR = 10;
const MOST_HALF_MS = 5_000;
/** A file that never becomes quiet counts as it is after this long. */
const LONGEST_MS = 30_000;
/** Looks at the file that are further apart than this do not show that it was busy in between. */
const SAME_WAIT_MS = 15_000;

/**
 * Tells whether a save of the file may still be going on. An editor does not tell us when it has finished, so a
 * save counts when the file has been quiet for the debounce, and for ten of them when it looks cut off.
 * Quiet means that its time stamps are that old, or that we have seen the same bytes for that long: a file
 * that is touched again and again, or whose stamps lie in the future, counts as well. One for each file.
 */
export class Settling {
  /** The revision that is not ours, and since when it has been there. */
  private seen: { revision: string; since: number } | undefined;
  private busy: { since: number; last: number } | undefined;
  private ours: string | undefined;

  constructor(
    private readonly debounceMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes note of our own write, which is whole. */
  wrote(revision: string): void {
    this.ours = revision;
  }

  /** Milliseconds until what the file says may count; 0: it counts now. `before` is what it said before. */
  settlesIn(file: FileSnapshot, before: FileSnapshot | undefined): number {
    if (file.revision === this.ours) return 0;
    const now = this.now();
    if (this.seen?.revision !== file.revision) this.seen = { revision: file.revision, since: now };
    const needed = mayBeHalf(before?.document, file.document) ? this.halfMs : this.debounceMs;
    const quiet = Math.max(now - changedAt(file.identity), now - this.seen.since);
    if (quiet >= needed) {
      this.busy = undefined;
      return 0;
    }
    const waiting = this.busy && now - this.busy.last < SAME_WAIT_MS;
    this.busy = { since: waiting && this.busy ? this.busy.since : now, last: now };
    if (now - this.busy.since >= LONGEST_MS) return 0;
    return Math.ceil(needed - quiet);
  }

  private get halfMs(): number {
    return Math.max(this.debounceMs, Math.min(HALF_FACTOR * this.debounceMs, MOST_HALF_MS));
  }
}
