import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cookie } from "@playwright/test";
import pg from "pg";
import { type GivenArgument, routeRequest } from "../../lib/protocol/route-request.ts";
import type { AnswerOf } from "../../lib/protocol/route-types.ts";
import type { RouteKey } from "../../lib/protocol/routes.ts";
import { createMigratedDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

/** A server refuses to start with secrets that are easily guessed. */
export const TOKEN = "f3b1c95a7de24086b9e1d47a52c80f6e";
export const ADMIN = { email: "admin@example.com", password: "correct horse battery" };
/** The schedule of a server that is started without one. */
export const SCHEDULE = readFileSync("config/schedule_config.yml", "utf8");
/** Settings with which a server starts its own PostgreSQL, as the product does when DATABASE_URL is not set. */
export const OWN_POSTGRES = { DATABASE_URL: "" };
const START_MS = 120_000;

/** The product as its users run it: its own process, a real file, and its own database. */
export class Lockstep {
  readonly file: string;
  readonly dataDir: string;
  output = "";
  private child: ChildProcess | undefined;
  private port = 0;
  private databaseUrl: string | undefined;

  /** The cookies of a signed-in admin; undefined until the first sign-in (see sign-in.ts). */
  adminCookies: Cookie[] | undefined;

  private constructor(
    private readonly settings: Record<string, string>,
    readonly home: string,
  ) {
    this.file = join(home, "schedule.yml");
    this.dataDir = join(home, "data");
  }

  static async start(settings: Record<string, string> = {}, schedule = SCHEDULE): Promise<Lockstep> {
    const database = settings["DATABASE_URL"] ?? (await createMigratedDatabase());
    const home = mkdtempSync(join(tmpdir(), "lockstep-e2e-"));
    const lockstep = new Lockstep({ ...settings, DATABASE_URL: database }, home);
    writeFileSync(lockstep.file, schedule);
    await lockstep.up();
    return lockstep;
  }

  /** Starts another process with the same file and folder, and with other settings. */
  async beside(settings: Record<string, string>): Promise<Lockstep> {
    const other = new Lockstep({ ...this.settings, ...settings }, this.home);
    await other.up();
    return other;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    this.port ||= await freePort();
    this.output = "";
    const child = spawn(process.execPath, ["dist/server/main.mjs"], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        API_TOKEN: TOKEN,
        AUTH_SECRET: "9a4e7d10c6b2f8535e0d91ab47c36f82",
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        DATA_DIR: this.dataDir,
        SCHEDULE_FILE: this.file,
        PORT: String(this.port),
        ...this.settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const keep = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    await until(
      "the server is ready",
      async () => {
        if (child.exitCode !== null)
          throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
        if (this.settings["ROLE"] === "worker") return this.output.includes("worker ready");
        return (await fetch(`${this.url}/api/ready`).catch(() => null))?.ok ?? false;
      },
      START_MS,
    );
    this.databaseUrl =
      this.settings["DATABASE_URL"] || readFileSync(join(this.dataDir, "postgres", "url"), "utf8").trim();
  }

  /** Kills the process as a power cut or the kernel would, so that it cannot clean up. */
  async kill9(): Promise<void> {
    await this.end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.home, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  /**
   * Calls a route of the API with the admin's token, by its key in the route table. Fails unless the answer
   * is a success.
   */
  async call<K extends RouteKey>(
    key: K,
    ...given: GivenArgument<K>
  ): Promise<{ status: number; body: AnswerOf<K>; headers: Headers }> {
    const { method, path, body, headers } = routeRequest(key, given);
    const answer = await this.api<AnswerOf<K>>(method, path, body, headers);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Sends any request. It is for requests that `call` cannot make, and for answers that are refusals. */
  async api<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === "" ? null : JSON.parse(text)) as T,
      headers: response.headers,
    };
  }

  /** Runs a statement as psql would: on its own connection, without Lockstep. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  read(): string {
    return readFileSync(this.file, "utf8");
  }

  /** Writes the file in place. A test that wants to rename a new file over it does that itself. */
  write(text: string): void {
    writeFileSync(this.file, text);
  }

  replace(from: string | RegExp, to: string): void {
    const before = this.read();
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${String(from)} is not in the file:\n${before}`);
    this.write(after);
  }
}
