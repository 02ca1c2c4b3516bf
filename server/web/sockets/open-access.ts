import { Coalescer } from "../../../lib/coalescer.ts";
import type { Grant } from "../../access/grants.ts";
import { logger } from "../../log.ts";
import { ACCESS_CHANNEL, goodGrants } from "../../store/access/grants.ts";
import { listen } from "../../store/listen.ts";
import { pool } from "../../store/pool.ts";

/** Looked at again by then, whatever happened; timers cannot wait much longer than this anyway. */
const MOST_MS = 10 * 60_000;
const RETRY_MS = 1_000;
/** Times are kept to the millisecond. */
const MARGIN_MS = 20;

interface Watched {
  grant: Grant;
  end(): void;
}

/** Keeps open sockets to those who may still have one. */
export interface OpenAccess {
  /** To be read before the credentials are: what changes after this moment is not missed. */
  now(): number;
  /**
   * Ends the socket when the session or token is revoked or expires, or stands for another role:
   * whoever comes back then learns what they are now. Credentials of the environment
   * (no grant) are good for as long as the process lives.
   * @returns to be called when the socket has closed.
   */
  watch(grant: Grant | undefined, since: number, end: () => void): () => void;
  close(): Promise<void>;
}

/** Listens for changes of access, from whatever process, and watches the clock for what expires. */
export async function openAccess(): Promise<OpenAccess> {
  const open = new Set<Watched>();
  let changes = 0;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Infinity;
  let closed = false;

  const lookAgain = (): void => {
    changes += 1;
    wakesAt = Infinity;
    clearTimeout(timer);
    checks.now();
  };
  const checks = new Coalescer(
    () => check([...open]),
    (error) => {
      logger("access").error({ err: error }, "open sockets could not be checked; trying again");
      wakeIn(RETRY_MS);
    },
  );

  async function check(watched: Watched[]): Promise<void> {
    if (watched.length === 0) return;
    const ids = (kind: Grant["kind"]) =>
      watched.filter(({ grant }) => grant.kind === kind).map(({ grant }) => grant.id);
    const good = await goodGrants(pool(), ids("session"), ids("token"));
    for (const each of watched) {
      const { kind, id, role } = each.grant;
      if (!good.has(`${kind}:${id}:${role}`) && open.delete(each)) each.end();
    }
    for (const each of open) wakeFor(each);
  }

  function wakeFor({ grant }: Watched): void {
    const left = grant.expires ? grant.expires.getTime() - Date.now() : MOST_MS;
    // PostgreSQL's clock decides: where it is behind ours, what has expired here is good there for a moment.
    wakeIn(left > 0 ? left + MARGIN_MS : RETRY_MS);
  }

  /** In so many milliseconds, or earlier where that was to be. */
  function wakeIn(ms: number): void {
    const at = Date.now() + Math.min(ms, MOST_MS);
    if (closed || at >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(lookAgain, at - Date.now());
    timer.unref();
  }

  // What was said while the connection was down is lost: look at all of them.
  const listener = await listen([ACCESS_CHANNEL], lookAgain, lookAgain, "lockstep access");

  return {
    now: () => changes,
    watch(grant, since, end) {
      if (!grant) return () => undefined;
      const watched = { grant, end };
      open.add(watched);
      // Something changed between the look at the credentials and now.
      if (since !== changes) lookAgain();
      else wakeFor(watched);
      return () => void open.delete(watched);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await listener.close();
    },
  };
}
