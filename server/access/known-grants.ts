import { createHash } from "node:crypto";
import type { Granted } from "./grant.ts";

/** Milliseconds for which a lookup counts, even if no change of access is heard of. */
const MOST_AGE_MS = 30_000;
const MOST = 10_000;

/**
 * Sessions and tokens that were looked up lately, by the hash of the secret. Most requests come from the same few, and a
 * lookup of a session costs more than many requests do.
 */
export class KnownGrants {
  private readonly known = new Map<string, Granted & { until: number }>();
  /** Changes of access so far. What was looked up before a change is not kept after it. */
  private changes = 0;
  private hears = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** Whether changes of access are told by `forget`. While they are not, nothing is kept. */
  hear(hears: boolean): void {
    this.hears = hears;
    this.forget();
  }

  /** Looks everything up again, because access has changed. */
  forget(): void {
    this.changes += 1;
    this.known.clear();
  }

  /** What the secret grants: as `look` said at most half a minute ago, or as it says now. */
  async of(secret: string, look: () => Promise<Granted | null>): Promise<Granted | null> {
    const key = createHash("sha256").update(secret).digest("base64");
    const hit = this.known.get(key);
    if (hit && this.now() < hit.until) return hit;
    const before = this.changes;
    const found = await look();
    if (!found) this.known.delete(key);
    else if (this.hears && before === this.changes) {
      if (this.known.size >= MOST) this.known.clear();
      const ends = found.grant.expires?.getTime() ?? Infinity;
      this.known.set(key, { ...found, until: Math.min(ends, this.now() + MOST_AGE_MS) });
    }
    return found;
  }
}

/** Those of this process. */
export const knownGrants = new KnownGrants();
