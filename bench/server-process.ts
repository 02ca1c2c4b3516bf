import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { freePort } from "../e2e/support/free-port.ts";
import type { Cluster } from "./cluster.ts";

export interface LoopDelay {
  thread: "web" | "worker";
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
  samples: number;
}

type Event = { event: string } & Record<string, unknown>;

/** `npm start` in its own process, with its own database. */
export class ServerProcess {
  private constructor(
    private child: ChildProcess,
    private readonly spawnAgain: () => ChildProcess,
    readonly address: string,
    readonly schedule: string,
    readonly databaseUrl: string,
  ) {}

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Starts it. Without `probed` nothing measures its event loop, which costs some CPU. */
  static async start(
    cluster: Cluster,
    name: string,
    text: string,
    { probed = true, env = {} }: { probed?: boolean; env?: Record<string, string> } = {},
  ): Promise<ServerProcess> {
    const folder = join(cluster.folder, name);
    await mkdir(folder, { recursive: true });
    const schedule = join(folder, "schedule.yml");
    await writeFile(schedule, text);
    const databaseUrl = await cluster.createDatabase();
    const port = await freePort();
    const root = fileURLToPath(new URL("..", import.meta.url));
    const probe = fileURLToPath(new URL("./loop-probe.mjs", import.meta.url));
    const begin = () =>
      spawn(process.execPath, [...(probed ? ["--import", probe] : []), "scripts/start.mjs"], {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: {
          ...process.env,
          DATABASE_URL: databaseUrl,
          DATA_DIR: join(folder, "data"),
          SCHEDULE_FILE: schedule,
          PORT: String(port),
          HOST: "127.0.0.1",
          API_TOKEN: TOKEN,
          LOG_LEVEL: "error",
          RATE_LIMIT_PER_MINUTE: "0",
          ...env,
        },
      });
    const server = new ServerProcess(begin(), begin, `http://127.0.0.1:${port}`, schedule, databaseUrl);
    await server.ready();
    return server;
  }

  private async ready(): Promise<void> {
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}`);
      const answer = await fetch(`${this.address}/api/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await delay(100);
    }
  }

  /** Resolves when so many tasks were imported. */
  async settled(tasks: number): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.address}/api/tasks?limit=1`, { headers: BEARER });
      if (((await answer.json()) as { total: number }).total === tasks) return;
      await delay(200);
    }
  }

  /** Stops and starts the server. Returns the milliseconds from the start until it was ready. */
  async restarted(): Promise<number> {
    await this.stop();
    const began = performance.now();
    this.child = this.spawnAgain();
    await this.ready();
    return performance.now() - began;
  }

  /** Forces a sync of the source, and resolves when it is done. */
  async sync(source: string): Promise<void> {
    const answer = await fetch(`${this.address}/api/sync/trigger`, {
      method: "POST",
      headers: { ...BEARER, "Content-Type": "application/json" },
      body: JSON.stringify({ source }),
    });
    if (answer.status !== 200)
      throw new Error(`the sync of ${source}: ${answer.status} ${await answer.text()}`);
  }

  async patch(id: number, body: unknown): Promise<{ sync: { state: string } }> {
    const answer = await fetch(`${this.address}/api/tasks/${id}`, {
      method: "PATCH",
      headers: { ...BEARER, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`PATCH of task ${id}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { sync: { state: string } };
  }

  /**
   * Collects events. `next` resolves with the first event that `matches`; open it before causing the event.
   */
  async events(): Promise<{ next(matches: (event: Event) => boolean): Promise<Event>; close(): void }> {
    const socket = new WebSocket(`${this.address.replace("http", "ws")}/ws/sync`, { headers: BEARER });
    await once(socket, "open");
    return {
      next: (matches) =>
        new Promise((resolve) => {
          const look = (data: Buffer) => {
            const event = JSON.parse(data.toString()) as Event;
            if (!matches(event)) return;
            socket.off("message", look);
            resolve(event);
          };
          socket.on("message", look);
        }),
      close: () => socket.terminate(),
    };
  }

  resetLoopDelay(): void {
    this.child.send("reset");
  }

  async loopDelay(): Promise<Record<LoopDelay["thread"], LoopDelay>> {
    const found = new Map<string, LoopDelay>();
    const all = new Promise<void>((resolve) => {
      this.child.on("message", (message: LoopDelay) => {
        found.set(message.thread, message);
        if (found.has("web") && found.has("worker")) resolve();
      });
    });
    this.child.send("report");
    await all;
    return Object.fromEntries(found) as Record<LoopDelay["thread"], LoopDelay>;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await gone;
  }
}

const TOKEN = "f3b1c95a7de24086b9e1d47a52c80f6e";
export const BEARER = { Authorization: `Bearer ${TOKEN}` };
