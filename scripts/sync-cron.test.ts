import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathWithoutFlock } from "./testing/path-without-flock.ts";

const SCRIPT = fileURLToPath(new URL("sync-cron.sh", import.meta.url));
const SECRET = 'a "secret\\ with $everything';
const ID = "01234567-89ab-cdef-0123-456789abcdef";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /;

let folder: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let url: string;
const server = createServer((request, response) => answer(request, response));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-cron-"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(folder, { recursive: true });
});

function start(env: Record<string, string>, args: string[] = []) {
  const child = spawn("/bin/sh", [SCRIPT, ...args], {
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"],
      LOCKSTEP_LOCKS: join(folder, "locks"),
      LOCKSTEP_URL: url,
      CRON_SECRET: SECRET,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number, out, err }));
  return { child, ended };
}

const run = (env: Record<string, string> = {}, args: string[] = []) => start(env, args).ended;

function respond(status: number, body: unknown): void {
  answer = (_request, response) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
}

function aRun(outcome: string, counts: Record<string, number> = {}, more: object = {}) {
  const all = { created: 0, updated: 1, deleted: 0, merged: 0, conflicts: 0, problems: 0, ...counts };
  return { run: { id: ID, source: "default", outcome, counts: all, problems: [], ...more } };
}

describe("a run", () => {
  it("is requested with the secret, and logged in one line with its time", async () => {
    let asked: IncomingMessage | undefined;
    answer = (request, response) => {
      asked = request;
      response.end(JSON.stringify(aRun("succeeded")));
    };
    const { code, out, err } = await run();
    expect(asked?.method).toBe("POST");
    expect(asked?.url).toBe("/api/cron/sync");
    expect(asked?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(out).toMatch(TIME);
    expect(out.replace(TIME, "")).toBe(`run ${ID} succeeded created 0 updated 1 deleted 0 merged 0\n`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("reports conflicts and problems, also from indented JSON", async () => {
    respond(200, JSON.stringify(aRun("conflicted", { conflicts: 12, problems: 3 }), null, 2));
    const { code, out } = await run();
    expect(out).toMatch(/ conflicted .* CONFLICTS 12 PROBLEMS 3\n$/);
    expect(code).toBe(0);
  });

  it("is not misled by text that looks like an answer", async () => {
    const message = 'x","outcome":"failed","conflicts":9,"skipped":true,"reason":"y';
    respond(200, { run: { ...aRun("succeeded").run, problems: [{ code: "invalid_task", message }] } });
    const { code, out } = await run();
    expect(out).toMatch(/ succeeded /);
    expect(out).not.toMatch(/CONFLICTS|SKIPPED/);
    expect(code).toBe(0);
  });

  it("appends to LOCKSTEP_LOG, and also reports failures on standard error", async () => {
    const log = join(folder, "cron.log");
    respond(200, aRun("succeeded"));
    expect(await run({ LOCKSTEP_LOG: log })).toEqual({ code: 0, out: "", err: "" });
    respond(500, { detail: "broken" });
    expect(await run({ LOCKSTEP_LOG: log })).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("broken") as string,
    });
    expect(readFileSync(log, "utf8").trimEnd().split("\n")).toHaveLength(2);
  });

  it("is skipped without a failure when automatic sync is off", async () => {
    respond(200, { skipped: true, reason: "AUTO_SYNC_ENABLED is false" });
    const { code, out } = await run();
    expect(out.replace(TIME, "")).toBe("SKIPPED AUTO_SYNC_ENABLED is false\n");
    expect(code).toBe(0);
  });
});

describe("a failure", () => {
  const failures: [string, () => void, RegExp][] = [
    [
      "a wrong secret",
      () => respond(401, { code: "unauthorized" }),
      /FAILED .*HTTP 401, CRON_SECRET was refused/,
    ],
    ["no worker", () => respond(503, { detail: 'no "worker"' }), /FAILED .*HTTP 503 no \\"worker\\"/],
    [
      "a failed run",
      () => respond(200, aRun("failed", {}, { problems: [{ message: "line 3 is bad" }] })),
      /failed .*: line 3 is bad/,
    ],
    [
      "a halted run",
      () => respond(200, aRun("halted", {}, { halt: { reason: "would delete 3" } })),
      /halted .*: would delete 3/,
    ],
    ["another server", () => respond(200, "<html>It works</html>"), /did not answer as Lockstep does/],
    ["an empty answer", () => respond(200, ""), /did not answer as Lockstep does/],
    ["a redirection", () => respond(302, ""), /HTTP 302/],
  ];
  it.each(failures)("%s", async (_name, prepare, line) => {
    prepare();
    const { code, out } = await run();
    expect(out).toMatch(TIME);
    expect(out).toMatch(line);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("no server", async () => {
    const { code, out } = await run({ LOCKSTEP_URL: "http://127.0.0.1:1" });
    expect(out).toMatch(/FAILED http:\/\/127\.0\.0\.1:1: curl: /);
    expect(code).toBe(1);
  });

  it("no answer in time", async () => {
    answer = () => undefined;
    const { code, out } = await run({ LOCKSTEP_TIMEOUT: "1" });
    expect(out).toMatch(/FAILED .*timed out/i);
    expect(code).toBe(1);
  });

  it("wrong usage", async () => {
    expect(await run({ CRON_SECRET: "" })).toMatchObject({
      code: 2,
      out: expect.stringContaining("CRON_SECRET") as string,
    });
    expect(await run({ LOCKSTEP_TIMEOUT: "soon" })).toMatchObject({ code: 2 });
    expect(await run({}, ["--help"])).toMatchObject({ code: 2 });
    expect(await run({ LOCKSTEP_LOCKS: "/proc/none" })).toMatchObject({
      code: 2,
      out: expect.stringContaining("set LOCKSTEP_LOCKS") as string,
    });
  });
});

describe.each(["flock", "a lock of its own"])("with %s", (kind) => {
  const env = (): Record<string, string> => (kind === "flock" ? {} : { PATH: pathWithoutFlock(folder) });

  it("does not overlap itself, and goes on afterwards", async () => {
    const settings = env();
    let requests = 0;
    let release: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        requests += 1;
        release = () => response.end(JSON.stringify(aRun("succeeded")));
        resolve();
      };
    });
    const first = start(settings);
    await asked;
    expect(await run(settings)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/SKIPPED the previous run is still going/) as string,
    });
    expect(requests).toBe(1);
    release();
    expect(await first.ended).toMatchObject({ code: 0 });
    respond(200, aRun("succeeded"));
    expect(await run(settings)).toMatchObject({ code: 0, out: expect.stringMatching(/succeeded/) as string });
  });

  it("does not show the secret", async () => {
    const asked = new Promise<ServerResponse>((resolve) => {
      answer = (_request, response) => resolve(response);
    });
    const { ended } = start(env());
    const response = await asked;
    const lines = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8");
        } catch {
          return "";
        }
      });
    expect(lines.some((line) => line.includes("/api/cron/sync"))).toBe(true);
    expect(lines.filter((line) => line.includes(SECRET))).toEqual([]);
    response.end(JSON.stringify(aRun("succeeded")));
    expect(await ended).toMatchObject({ code: 0 });
  });
});

describe("its lock", () => {
  async function lockFile(settings: Record<string, string>): Promise<string> {
    let name: string | undefined;
    answer = (_request, response) => {
      name = readdirSync(join(folder, "locks")).find((each) => each.endsWith(".pid"));
      response.end(JSON.stringify(aRun("succeeded")));
    };
    await run(settings);
    if (name === undefined) throw new Error("there was no lock");
    return join(folder, "locks", name);
  }

  it("is in a folder that is the user's alone, and never in one that others can write", async () => {
    respond(200, aRun("succeeded"));
    const settings = { LOCKSTEP_LOCKS: "", HOME: folder, TMPDIR: join(folder, "tmp") };
    expect((await run(settings)).out).toMatch(/succeeded/);
    const locks = join(folder, ".local/state/lockstep");
    expect(readdirSync(locks)).toEqual([expect.stringMatching(/^cron-\d+-\d+$/)]);
    expect((statSync(locks).mode & 0o777).toString(8)).toBe("700");
    expect(existsSync(settings.TMPDIR)).toBe(false);
    expect(await run({ LOCKSTEP_LOCKS: "", HOME: "" })).toMatchObject({ code: 2 });
  });

  it("is released, and taken over from a process that is gone or was another program", async () => {
    const settings = { PATH: pathWithoutFlock(folder) };
    const lock = await lockFile(settings);
    expect(existsSync(lock)).toBe(false);

    const gone = spawn("/bin/true");
    await once(gone, "close");
    const now = Math.floor(Date.now() / 1000);
    respond(200, aRun("succeeded"));
    writeFileSync(lock, `${gone.pid} ${now}\n`);
    expect((await run(settings)).out).toMatch(/succeeded/);
    writeFileSync(lock, `${process.pid} ${now - 700}\n`);
    expect((await run(settings)).out).toMatch(/succeeded/);
    writeFileSync(lock, `${process.pid} ${now}\n`);
    expect((await run(settings)).out).toMatch(/SKIPPED/);
    expect(readdirSync(join(folder, "locks"))).toHaveLength(1);
  });

  it("is released when the run is killed", async () => {
    const settings = { PATH: pathWithoutFlock(folder) };
    const lock = await lockFile(settings);
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const { child, ended } = start(settings);
    await asked;
    child.kill("SIGTERM");
    // The shell ends when curl does.
    server.closeAllConnections();
    expect((await ended).code).toBe(143);
    expect(existsSync(lock)).toBe(false);
  });
});
