import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { findBinaries } from "./binaries.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { findRunning, isAlive } from "./postmaster.ts";

const HOLD = fileURLToPath(new URL("./testing/hold.ts", import.meta.url));

/** A data folder whose cluster is set up. The tests copy it, because setting one up takes longer than all else. */
let setUp: string;
let dataDir: string;
let cluster: string;
const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

const emptyFolder = () => mkdtemp(join(inject("runFolder"), "embedded-"));

beforeAll(async () => {
  setUp = await emptyFolder();
  await (await startEmbeddedPostgres({ dataDir: setUp })).stop();
});

beforeEach(async () => {
  dataDir = await emptyFolder();
  cluster = join(dataDir, "postgres", "cluster");
  execFileSync("cp", ["-a", join(setUp, "postgres"), dataDir]);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const postgres of started.splice(0)) await postgres.stop();
  const left = findRunning(cluster);
  if (left !== undefined) process.kill(left.pid, "SIGQUIT");
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

async function start(log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  started.push(postgres);
  return postgres;
}

function startChild(): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", HOLD, dataDir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no output");
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return line;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

async function query(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(): number {
  const running = findRunning(cluster);
  if (running === undefined) throw new Error("no server is running");
  return running.pid;
}

describe("the embedded PostgreSQL", () => {
  it("keeps data, address and port between starts", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept (id int)");
    await first.stop();
    expect(findRunning(cluster)).toBeUndefined();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 0 }]);
  });

  it("is private to this machine, with a password that only the folder's owner can read", async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(query(wrong.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    expect(await query(url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await query(url, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
    for (const name of ["password", "url", "service"]) {
      expect((await stat(join(dataDir, "postgres", name))).mode & 0o777).toBe(0o600);
    }
    const { port, password } = new URL(url);
    expect(await readFile(join(dataDir, "postgres", "service"), "utf8")).toBe(
      `[lockstep]\nhost=127.0.0.1\nport=${port}\nuser=lockstep\npassword=${password}\ndbname=lockstep\n`,
    );
  });

  it("is durable and speaks UTF-8 and UTC", async () => {
    const { url } = await start();
    expect(await query(url, "SHOW fsync")).toEqual([{ fsync: "on" }]);
    expect(await query(url, "SHOW full_page_writes")).toEqual([{ full_page_writes: "on" }]);
    expect(await query(url, "SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    expect(await query(url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
    expect(await query(url, "SHOW timezone")).toEqual([{ TimeZone: "UTC" }]);
  });

  it("takes another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const other = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(other, "listening");
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      other.close();
    }
  });

  it("starts again when the first set-up was killed half way", async () => {
    await rm(join(dataDir, "postgres"), { recursive: true });
    const child = startChild();
    await vi.waitFor(
      async () => {
        const draft = (await readdir(dataDir)).find((name) => name.startsWith("postgres.new-")) ?? "none yet";
        await stat(join(dataDir, draft, "cluster", "PG_VERSION"));
      },
      { timeout: 20_000, interval: 5 },
    );
    await kill(child, "SIGKILL");
    await expect(stat(cluster)).rejects.toThrow();

    const { url } = await start();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect((await readdir(dataDir)).filter((name) => name.startsWith("postgres.new-"))).toEqual([]);
  });

  it("never removes a finished cluster together with unfinished leftovers", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept (id int)");
    await first.stop();
    await rm(join(dataDir, "postgres", "url"));
    await mkdir(join(dataDir, "postgres.new-1-abandoned"));
    const { url } = await start();
    expect(await query(url, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 0 }]);
  });

  it("takes over the server of a killed owner, and stops it in the end", async () => {
    const child = startChild();
    const url = await firstLine(child);
    await query(url, "CREATE TABLE kept (id int)");
    const pid = serverPid();
    await kill(child, "SIGKILL");
    expect(isAlive(pid)).toBe(true);

    const adopted = await start();
    expect(adopted.url).toBe(url);
    expect(serverPid()).toBe(pid);
    expect(await query(url, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 0 }]);
    await adopted.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("refuses a second owner and leaves the first alone", async () => {
    const child = startChild();
    const url = await firstLine(child);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      code: "in_use",
      message: expect.stringContaining("DATABASE_URL") as string,
    });
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("stops when its owner ends in order", async () => {
    const child = startChild();
    await firstLine(child);
    const pid = serverPid();
    await kill(child, "SIGTERM");
    expect(isAlive(pid)).toBe(false);
  });

  it.each([
    ["no process", () => 2 ** 22 - 1],
    ["another program", () => process.pid],
  ])("starts despite a stale pid file that names %s", async (_case, pid) => {
    const first = await start();
    await first.stop();
    const lines = [pid(), cluster, 1, 1, "", "127.0.0.1", "", "ready   ", ""];
    await writeFile(join(cluster, "postmaster.pid"), lines.join("\n"));
    const { url } = await start();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("brings the server back on the same port when it dies", async () => {
    const lines: string[] = [];
    const { url } = await start((line) => lines.push(line));
    await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
    const pid = serverPid();
    process.kill(pid, "SIGKILL");
    await vi.waitFor(async () => expect(await query(url, "SELECT one FROM kept")).toEqual([{ one: 1 }]), {
      timeout: 20_000,
    });
    expect(serverPid()).not.toBe(pid);
    expect(lines.join("\n")).toContain("starting it again");
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: "in_use" });
  });

  it("works in a folder that only root may enter", async () => {
    // mkdtemp creates the data folder with mode 700, and for root PostgreSQL runs as another user.
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
    const { url } = await start();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await readFile(join(dataDir, "postgres", "url"), "utf8")).toBe(`${url}\n`);
  });

  it("asks for DATABASE_URL on a platform without a built-in PostgreSQL", async () => {
    const arch = vi.spyOn(process, "arch", "get").mockReturnValue("mips");
    try {
      await expect(findBinaries()).rejects.toMatchObject({
        code: "no_binary",
        message: expect.stringMatching(/mips.*DATABASE_URL/) as string,
      });
    } finally {
      arch.mockRestore();
    }
  });
});
