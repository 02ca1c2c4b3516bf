import { Coalescer } from "../../../lib/coalescer.ts";
import type { Grant } from "../../access/grant.ts";
import { knownGrants } from "../../access/known-grants.ts";
import { logger } from "../../log.ts";
import { ACCESS_CHANNEL, validGrants } from "../../store/access/grants.ts";
import { listen } from "../../store/listen.ts";
import { pool } from "../../store/pool.ts";

/** Sockets are checked at least this often. Timers cannot wait much longer anyway. */
const MOST_MS = 10 * 60_000;
const RETRY_MS = 1_000;
/** Times are stored to the millisecond. */
const MARGIN_MS = 20;

interface Watched {
  grant: Grant;
  end(): void;
}

/** Closes open sockets whose credentials are not valid any more. */
export interface OpenAccess {
  /** The present change number. Read it before checking the credentials, so that later changes are noticed. */
  now(): number;
  /**
   * Ends the socket when its session or token is revoked, expires, or gets another role; the client then
   * reconnects with its new role. Credentials of the environment (no grant) are valid as long as the process
   * lives.
   * @returns a function to call when the socket has closed.
   */
  watch(grant: Grant | undefined, since: number, end: () => void): () => void;
  close(): Promise<void>;
}

/** Listens for changes of access from any process, and notices when credentials expire. From then on grants are remembered. */
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
    const valid = await validGrants(pool(), ids("session"), ids("token"));
    for (const each of watched) {
      const { kind, id, role } = each.grant;
      if (!valid.has(`${kind}:${id}:${role}`) && open.delete(each)) each.end();
    }
    for (const each of open) wakeFor(each);
  }

  function wakeFor({ grant }: Watched): void {
    const left = grant.expires ? grant.expires.getTime() - Date.now() : MOST_MS;
    // PostgreSQL's clock decides. When it is behind this machine's, credentials are valid there for a moment
    // longer.
    wakeIn(left > 0 ? left + MARGIN_MS : RETRY_MS);
  }

  /** Checks in this many milliseconds, or earlier when an earlier check is planned. */
  function wakeIn(ms: number): void {
    const at = Date.now() + Math.min(ms, MOST_MS);
    if (closed || at >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(lookAgain, at - Date.now());
    timer.unref();
  }

  const changed = (): void => {
    knownGrants.forget();
    lookAgain();
  };
  // Changes during a lost connection were missed, so that everything is looked up again after it.
  const listener = await listen([ACCESS_CHANNEL], changed, changed, "lockstep access");
  knownGrants.hear(true);

  return {
    now: () => changes,
    watch(grant, since, end) {
      if (!grant) return () => undefined;
      const watched = { grant, end };
      open.add(watched);
      // Something changed between the check of the credentials and now.
      if (since !== changes) lookAgain();
      else wakeFor(watched);
      return () => void open.delete(watched);
    },
    async close() {
      closed = true;
      knownGrants.hear(false);
      clearTimeout(timer);
      await listener.close();
    },
  };
}
