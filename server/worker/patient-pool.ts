import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/**
 * The connection broke, or PostgreSQL is starting, stopping or full. The same statement may succeed in a
 * moment.
 */
const PASSES = /^(?:08\w{3}|57P\d\d|53\w{3}|ECONN\w+|EPIPE|ETIMEDOUT)$/;
const PASSES_TEXT = /Connection terminated|timeout exceeded when trying to connect/i;
const RETRY_MS = 500;
const MOST_TRIES = 600;

/**
 * The pool for the queue's clock. Graphile Worker sends the clock's statements once, and an error would end
 * the whole consumer. They may be sent again, because each minute is taken only once.
 */
export function patientPool(pool: pg.Pool, isStopped: () => boolean): pg.Pool {
  const send = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
  const query = async (...given: unknown[]) => {
    for (let tries = 1; ; tries++) {
      try {
        return await send(...given);
      } catch (error) {
        if (isStopped() || tries >= MOST_TRIES || !passes(error)) throw error;
        await delay(RETRY_MS);
      }
    }
  };
  return new Proxy(pool, {
    get: (target, name) => {
      if (name === "query") return query;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

function passes(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (
    (typeof code === "string" && PASSES.test(code)) ||
    (typeof message === "string" && PASSES_TEXT.test(message))
  );
}
