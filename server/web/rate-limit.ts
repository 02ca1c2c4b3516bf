import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { clientKey } from "../access/client-key.ts";
import { clientAddress } from "./client-address.ts";

const SECONDS = 60;
/** The share of the limit that a client without valid credentials gets. */
const STRANGERS_SHARE = 1 / 20;

/**
 * Limits each client's requests. The limit is wide enough for people and scripts. It exists so that one
 * client cannot take the share of others, and so that guessing secrets takes too long. It is kept in memory,
 * for each process separately.
 */
export class RateLimit {
  private readonly known: RateLimiterMemory;
  private readonly strangers: RateLimiterMemory;
  private readonly wrong: RateLimiterMemory;

  constructor(perMinute: number) {
    const few = Math.max(1, Math.round(perMinute * STRANGERS_SHARE));
    this.known = new RateLimiterMemory({ points: perMinute, duration: SECONDS });
    this.strangers = new RateLimiterMemory({ points: few, duration: SECONDS });
    this.wrong = new RateLimiterMemory({ points: few, duration: SECONDS });
  }

  /** Counts a request; returns the error for a request beyond the limit, or null. */
  async refuse(request: IncomingMessage): Promise<LockstepError | null> {
    const client = clientKey(clientAddress(request));
    const shown = showsCredentials(request);
    const wrong = await this.wrong.get(client);
    if (wrong && wrong.remainingPoints <= 0) return tooMany(wrong, "refused credentials");
    return take(shown ? this.known : this.strangers, client);
  }

  /** Counts a request whose credentials were refused. Such requests have their own, smaller limit. */
  async noteRefused(request: IncomingMessage): Promise<void> {
    await this.wrong.penalty(clientKey(clientAddress(request)));
  }
}

export function showsCredentials({ headers }: IncomingMessage): boolean {
  return headers.authorization !== undefined || headers.cookie !== undefined;
}

/** The process's limit; null when RATE_LIMIT_PER_MINUTE is 0. */
export function rateLimit(): RateLimit | null {
  const { RATE_LIMIT_PER_MINUTE } = env();
  return RATE_LIMIT_PER_MINUTE === 0 ? null : new RateLimit(RATE_LIMIT_PER_MINUTE);
}

async function take(limiter: RateLimiterMemory, client: string): Promise<LockstepError | null> {
  try {
    await limiter.consume(client);
    return null;
  } catch (left) {
    if (left instanceof Error) throw left;
    return tooMany(left as RateLimiterRes, "requests");
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes, what: string): LockstepError {
  const retry_after = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new LockstepError(
    "too_many_requests",
    `too many ${what} from your address; try again in ${retry_after} s`,
    { retry_after },
  );
}
