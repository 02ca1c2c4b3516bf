import type pg from "pg";
import type { Hook } from "../play/subject.ts";
import type { Point } from "../story/step.ts";

type Query = (...given: unknown[]) => unknown;

/** The statement with which a run reads and locks the rows that it looks at. */
const LOCKS_ROWS = /FROM tasks WHERE source = \$1 AND id = ANY\(\$2::text\[\]\) ORDER BY id/;
const BEGINS_RUN = /^BEGIN; SET LOCAL lockstep\.writer = 'run'/;

/**
 * One life of a worker process. Its statements and file operations pass through here, so that a story can do
 * something at a named point of a run. Killed at a point, it never gets an answer again, and its connections
 * close: what PostgreSQL and the file system see is what they see of a process killed with SIGKILL.
 */
export class Life {
  private dead = false;
  private hook: Hook | null = null;
  private readonly clients = new Set<pg.PoolClient>();
  private readonly inRun = new WeakSet<pg.PoolClient>();
  private onDeath: () => void = () => undefined;

  constructor(readonly pool: pg.Pool) {
    pool.on("connect", (client) => this.listen(client));
    pool.on("remove", (client) => this.clients.delete(client));
  }

  /** @returns a promise that resolves when the hook kills the process. */
  expect(hook: Hook | null): Promise<"dead"> {
    this.hook = hook;
    return new Promise((resolve) => {
      this.onDeath = () => resolve("dead");
    });
  }

  /** A run has come to this point. */
  async reach(point: Point): Promise<void> {
    if (this.dead) await never();
    const { hook } = this;
    if (hook?.at !== point) return;
    this.hook = null;
    if (hook.what === "meanwhile") return hook.meanwhile?.();
    if (hook.what === "crash") this.dead = true;
    this.disconnect();
    if (!this.dead) return;
    this.onDeath();
    await never();
  }

  /** Closes all connections at once, without a word to PostgreSQL. */
  disconnect(): void {
    for (const client of this.clients) socketOf(client).destroy();
  }

  private listen(client: pg.PoolClient): void {
    this.clients.add(client);
    const send = client.query.bind(client) as Query;
    client.query = ((...given: unknown[]) => {
      const callback = given.at(-1);
      if (typeof callback !== "function")
        return this.pass(client, given, () => send(...given) as Promise<unknown>);
      const asked = this.pass(
        client,
        given,
        () =>
          new Promise((resolve, reject) =>
            send(...given.slice(0, -1), (error: Error | null, result: unknown) =>
              error ? reject(error) : resolve(result),
            ),
          ),
      );
      asked.then(
        (result) => (callback as Query)(null, result),
        (error: unknown) => (callback as Query)(error),
      );
    }) as typeof client.query;
  }

  private async pass(
    client: pg.PoolClient,
    [first]: unknown[],
    send: () => Promise<unknown>,
  ): Promise<unknown> {
    if (this.dead) return never();
    const text = (typeof first === "string" ? first : (first as { text?: string }).text) ?? "";
    if (BEGINS_RUN.test(text)) this.inRun.add(client);
    const ends = text === "COMMIT" && this.inRun.delete(client);
    if (ends) await this.reach("run saved");
    const result = await send();
    if (this.dead) return never();
    if (ends) await this.reach("run committed");
    if (LOCKS_ROWS.test(text)) await this.reach("rows read");
    return result;
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function socketOf(client: pg.PoolClient): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
}
