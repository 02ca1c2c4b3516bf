import { createHash } from "node:crypto";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { LockstepError } from "../../lib/errors.ts";
import { pool } from "../store/pool.ts";
import { clientKey } from "./client-key.ts";

const MINUTE = 60;
/**
 * Attempts are counted before the password is checked, so that parallel attempts count too; a right password
 * gives its attempt back. One address may try many accounts (an office behind one address), but few passwords
 * for each. All addresses together cause a short pause for an account, which slows down an attacker with many
 * addresses while the owner waits a minute at most. From an address that the owner has signed in from before,
 * only failures from that address with this account count, so that neither that attacker nor a colleague
 * behind the same address locks the owner out.
 */
const LIMITS = {
  address: { points: 40, duration: 15 * MINUTE },
  pair: { points: 8, duration: 15 * MINUTE },
  account: { points: 20, duration: MINUTE },
} as const;
const KNOWN_SECONDS = 90 * 24 * 60 * MINUTE;

type Limit = keyof typeof LIMITS;
type Limiters = Record<Limit | "known", RateLimiterPostgres>;

const KEY = Symbol.for("lockstep.throttle");
const holder = globalThis as { [KEY]?: { over: pg.Pool; limiters: Limiters } };

/** Attempts are counted in PostgreSQL, so that all web processes count together. */
function limiters(): Limiters {
  const over = pool();
  if (holder[KEY]?.over !== over) {
    const create = (keyPrefix: string, limit: { points: number; duration: number }) =>
      new RateLimiterPostgres({
        storeClient: over,
        storeType: "pool",
        tableName: "access_throttle",
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix,
        ...limit,
      });
    holder[KEY] = {
      over,
      limiters: {
        address: create("address", LIMITS.address),
        pair: create("pair", LIMITS.pair),
        account: create("account", LIMITS.account),
        known: create("known", { points: 1, duration: KNOWN_SECONDS }),
      },
    };
  }
  return holder[KEY].limiters;
}

export interface Attempt {
  /** The secret was right, so that the attempt does not count. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in.
 * @throws {LockstepError} too_many_requests with the seconds to wait; `first` is set on the first attempt
 * beyond the limit.
 */
export async function attempt(from: string | undefined, account: string | undefined): Promise<Attempt> {
  const { address, pair, account: all, known } = limiters();
  const fromKey = clientKey(from ?? "unknown");
  const accountKey = account === undefined ? undefined : digest(account);
  const pairKey = accountKey === undefined ? undefined : `${accountKey}:${fromKey}`;
  const counted: [RateLimiterPostgres, string][] = [];
  if (accountKey !== undefined && pairKey !== undefined) counted.push([pair, pairKey]);
  if (pairKey === undefined || !(await known.get(pairKey))) {
    counted.push([address, fromKey]);
    if (accountKey !== undefined) counted.push([all, accountKey]);
  }
  for (const [limiter, key] of counted) await consume(limiter, key);
  return {
    async succeeded() {
      await Promise.all(
        counted.map(([limiter, key]) => (limiter === pair ? limiter.delete(key) : limiter.reward(key))),
      );
      if (pairKey !== undefined) await known.set(pairKey, 1, KNOWN_SECONDS);
    },
  };
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    // Any other error comes from the database.
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new LockstepError("too_many_requests", `too many attempts; try again in ${inWords(seconds)}`, {
      retry_after: seconds,
      first: refusal.consumedPoints === limiter.points + 1,
    });
  }
}

const inWords = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** Addresses are stored as hashes, because these rows are not cleaned up when a user is deleted. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
