import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { clientKey } from "../access/client-key.ts";
import { hasRightCredentials } from "./authorize.ts";
import { clientAddress } from "./client-address.ts";

const SECONDS = 60;
/** The share of the limit that a client without valid credentials gets. */
const STRANGERS_SHARE = 1 / 20;

/** Whether the request's credentials are right, whatever its route requires. */
export type IsRight = (request: IncomingMessage) => Promise<boolean>;

/**
 * Limits each client's requests. The limit is wide enough for people and scripts. It exists so that one
 * client cannot take the share of others, and so that guessing secrets takes too long. It is kept in memory,
 * for each process separately. Many clients may share an address, so a client with the right credentials is let
 * through where others there are not: a script with an old token stops only itself.
 */
export class RateLimit {
  private readonly known: RateLimiterMemory;
  private readonly each: RateLimiterMemory;
  private readonly strangers: RateLimiterMemory;
  private readonly wrong: RateLimiterMemory;

  constructor(
    perMinute: number,
    private readonly isRight: IsRight,
  ) {
    const few = Math.max(1, Math.round(perMinute * STRANGERS_SHARE));
    this.known = new RateLimiterMemory({ points: perMinute, duration: SECONDS });
    this.each = new RateLimiterMemory({ points: perMinute, duration: SECONDS });
    this.strangers = new RateLimiterMemory({ points: few, duration: SECONDS });
    this.wrong = new RateLimiterMemory({ points: few, duration: SECONDS });
  }

  /** Counts a request; returns the error for a request beyond the limit, or null. */
  async refuse(request: IncomingMessage): Promise<LockstepError | null> {
    const client = clientKey(clientAddress(request));
    const shown = credentialsOf(request);
    if (shown === null) return take(this.strangers, client, "requests");
    const each = `${client} ${shown}`;
    const tooMany = (await this.guessing(client)) ?? (await take(this.known, client, "requests"));
    // Only where the address is at a limit the credentials are looked at twice.
    if (tooMany && !(await this.isRight(request))) return tooMany;
    const beyond = await take(this.each, each, "requests");
    return tooMany && beyond;
  }

  private async guessing(client: string): Promise<LockstepError | null> {
    const wrong = await this.wrong.get(client);
    return wrong && wrong.remainingPoints <= 0 ? tooManyFrom(wrong, "refused credentials") : null;
  }

  /** Counts a request whose credentials were refused. Such requests have their own, smaller limit. */
  async noteRefused(request: IncomingMessage): Promise<void> {
    await this.wrong.penalty(clientKey(clientAddress(request)));
  }
}

export function showsCredentials(request: IncomingMessage): boolean {
  return credentialsOf(request) !== null;
}

/** A hash of what the request shows, so that no secret is kept; null when it shows nothing. */
function credentialsOf({ headers }: IncomingMessage): string | null {
  const shown = headers.authorization ?? headers.cookie;
  return shown === undefined ? null : createHash("sha256").update(shown).digest("base64");
}

/** The process's limit; null when RATE_LIMIT_PER_MINUTE is 0. */
export function rateLimit(): RateLimit | null {
  const { RATE_LIMIT_PER_MINUTE } = env();
  if (RATE_LIMIT_PER_MINUTE === 0) return null;
  return new RateLimit(RATE_LIMIT_PER_MINUTE, async ({ headers }) =>
    // Where that cannot be told, the limit holds.
    hasRightCredentials((name) => headers[name]?.toString()).catch(() => false),
  );
}

async function take(limiter: RateLimiterMemory, key: string, what: string): Promise<LockstepError | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (left) {
    if (left instanceof Error) throw left;
    return tooManyFrom(left as RateLimiterRes, what);
  }
}

function tooManyFrom({ msBeforeNext }: RateLimiterRes, what: string): LockstepError {
  const retry_after = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new LockstepError(
    "too_many_requests",
    `too many ${what} from your address; try again in ${retry_after} s`,
    { retry_after },
  );
}
