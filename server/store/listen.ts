import pg from "pg";
import { env } from "../../config/env.ts";

const RETRY_MS = 250;
const MAX_RETRY_MS = 2_000;

/**
 * LISTENs on its own direct connection for as long as the process lives. Notifications during a lost
 * connection are missed, so `onReconnect` should look at the present state again.
 */
export async function listen(
  channels: string[],
  onNotify: (channel: string, payload: string) => void,
  onReconnect: () => void,
  applicationName = "lockstep listener",
): Promise<{ close(): Promise<void> }> {
  let client: pg.Client | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: applicationName,
      keepAlive: true,
    });
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      next.removeListener("notification", notify);
      void next.end().catch(() => undefined);
      if (!closed && client === next) reconnect(RETRY_MS);
    };
    const notify = (message: pg.Notification) => onNotify(message.channel, message.payload ?? "");
    next.on("error", lose);
    next.on("end", lose);
    next.on("notification", notify);
    await next.connect();
    for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = next;
    if (closed) await next.end();
  }

  function reconnect(delay: number): void {
    timer = setTimeout(() => {
      connect().then(onReconnect, () => {
        if (!closed) reconnect(Math.min(delay * 2, MAX_RETRY_MS));
      });
    }, delay);
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
