import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROUTE_KEYS } from "../lib/protocol/routes.ts";
import { hostileRequests } from "./support/hostile/requests.ts";
import type { Hostile } from "./support/hostile/target.ts";
import { expectInStep } from "./support/in-step.ts";
import { ADMIN, Lockstep, OWN_POSTGRES, TOKEN } from "./support/lockstep.ts";
import { numbers } from "./support/random.ts";
import { sendRaw } from "./support/raw-request.ts";
import { test } from "./support/test.ts";

const AT_ONCE = 8;
/** Text that no answer may contain: paths, stack traces, SQL, or the database's address. */
const INSIDES = /node_modules|\n\s+at |\.tsx?:\d|SELECT |relation "|PrismaClient|root:x:0|postgresql:\/\//;

function wrongWith(hostile: Hostile, status: number, text: string): string | null {
  if (status >= 500) return `answered ${status}`;
  if (status === 0 && !hostile.mayClose) return "closed without an answer";
  if (status !== 0 && status < 400 && !hostile.mild) return `answered ${status}`;
  const insides = INSIDES.exec(text);
  return insides ? `tells ${JSON.stringify(insides[0])}` : null;
}

const SECRETS = {
  CRON_SECRET: "27c5e8d04b9f61a3f0d8b7e2954c1a6d",
  AUTH_SECRET: "9a4e7d10c6b2f8535e0d91ab47c36f82",
};

test("a thousand hostile requests are refused and change nothing", async () => {
  // Without this the rate limit would answer most requests. The limit has tests of its own.
  const lockstep = await Lockstep.start({
    ...OWN_POSTGRES,
    RATE_LIMIT_PER_MINUTE: "0",
    LOG_LEVEL: "trace",
    ...SECRETS,
  });
  try {
    const everything = async () => ({
      file: lockstep.read(),
      tasks: await lockstep.sql("SELECT * FROM tasks ORDER BY source, id"),
      sources: await lockstep.sql("SELECT id, settings FROM sources ORDER BY id"),
      conflicts: await lockstep.sql("SELECT * FROM conflicts"),
      users: await lockstep.sql("SELECT * FROM access_users"),
      tokens: await lockstep.sql("SELECT * FROM access_tokens"),
    });
    await lockstep.api("POST", "/api/sync/trigger");
    const [before, memory] = [await everything(), await megabytes(lockstep)];
    const requests = hostileRequests(numbers(1), Math.max(1_200, ROUTE_KEYS.length * 20), TOKEN);
    const port = Number(new URL(lockstep.url).port);
    const wrong: string[] = [];
    const statuses = new Map<number, number>();
    const queue = requests.values();
    const client = async () => {
      for (const hostile of queue) {
        const { status, text } = await sendRaw(port, hostile).catch((error: unknown) => ({
          status: 999,
          text: String(error),
        }));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const complaint = wrongWith(hostile, status, text);
        if (complaint !== null) wrong.push(`${hostile.what}: ${complaint}`);
      }
    };
    // Meanwhile one connection sends half a header and then nothing. The server must close it.
    const silent = sendRaw(port, { head: "GET /api/health HTTP/1.1\r\nHost: loc" }, 60_000);
    await Promise.all(Array.from({ length: AT_ONCE }, client));

    expect(wrong).toEqual([]);
    expect((await silent).status).toBe(408);
    expect(await everything()).toEqual(before);
    const refused = [...statuses]
      .filter(([status]) => status >= 400 && status < 500)
      .reduce((sum, [, count]) => sum + count, 0);
    expect(refused, JSON.stringify([...statuses])).toBeGreaterThan(1_000 * 0.8);
    expect(await megabytes(lockstep)).toBeLessThan(memory + 400);
    const edit = await lockstep.api<{ sync: { state: string } }>("PATCH", "/api/tasks/1", {
      description: "still at work",
    });
    expect([edit.status, edit.body.sync.state]).toEqual([200, "synced"]);
    await expectInStep(lockstep);

    await fetch(`${lockstep.url}/setup?token=${TOKEN}`, { redirect: "manual" });
    const signedIn = await lockstep.api("POST", "/api/auth/sign-in", ADMIN, {
      authorization: "",
      "content-type": "application/json",
    });
    const cookie = /=([^;]{20,})/.exec(signedIn.headers.get("set-cookie") ?? "")?.[1] ?? "no cookie";
    const made = await lockstep.api<{ secret: string }>("POST", "/api/tokens", {
      name: "for a log",
      role: "viewer",
      expires_in_days: 1,
    });
    await lockstep.api("GET", `/api/tasks?token=${made.body.secret}`, undefined, {
      authorization: `Bearer ${made.body.secret}`,
    });
    expect([signedIn.status, made.status]).toEqual([200, 201]);
    await lockstep.api("POST", "/api/cron/sync", undefined, {
      authorization: `Bearer ${SECRETS.CRON_SECRET}`,
    });
    const { password } = new URL(readFileSync(join(lockstep.dataDir, "postgres", "url"), "utf8"));
    for (const secret of [
      TOKEN,
      ADMIN.password,
      cookie,
      decodeURIComponent(cookie),
      made.body.secret,
      password,
      ...Object.values(SECRETS),
    ])
      expect(lockstep.output.includes(secret), secret).toBe(false);
    expect(lockstep.output).toContain('"path":"/api/cron/sync"');
  } finally {
    await lockstep.stop();
  }
});

async function megabytes(lockstep: Lockstep): Promise<number> {
  const response = await fetch(`${lockstep.url}/api/metrics`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(await response.text())?.[1]) / 1024 / 1024;
}
