import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import { clientKey } from "../access/client-key.ts";
import { clientAddress } from "./client-address.ts";

const SECONDS = 60;
/** What a client may do without credentials, or with wrong ones, of what one with credentials may. */
const STRANGERS_SHARE = 1 / 20;

/**
 * Counts each client's requests. Wide enough for people and scripts: it is there so that one client cannot
 * take the others' share, and nobody tries secrets by the thousand. In memory, so for each process apart.
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

  /** Null for a request that may go on. */
  async refuse(request: IncomingMessage): Promise<LockstepError | null> {
    const client = clientKey(clientAddress(request));
    const shown = showsCredentials(request);
    const wrong = await this.wrong.get(client);
    if (wrong && wrong.remainingPoints <= 0) return tooMany(wrong, "refused credentials");
    return take(shown ? this.known : this.strangers, client);
  }

  /** Credentials that were refused have a share of their own: whoever tries them out has soon tried enough. */
  async noteRefused(request: IncomingMessage): Promise<void> {
    await this.wrong.penalty(clientKey(clientAddress(request)));
  }
}

export function showsCredentials({ headers }: IncomingMessage): boolean {
  return headers.authorization !== undefined || headers.cookie !== undefined;
}

/** The process's limit; null where RATE_LIMIT_PER_MINUTE is 0. */
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
