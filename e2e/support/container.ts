import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { Image } from "./image.ts";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export interface Run {
  what: string;
  env: Record<string, string>;
  /** The real folders of the container's mounts. A mount that is missing here gets a folder of its own. */
  mounts?: Record<string, string>;
  command?: string[];
}

const HEALTHY_MS = 120_000;

/** A process as a container of the image runs it: with the image's command, environment and user only. */
export class Container {
  said = "";

  private constructor(
    private readonly image: Image,
    readonly what: string,
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    private readonly env: NodeJS.ProcessEnv,
    readonly mounts: Record<string, string>,
  ) {}

  static async start(
    image: Image,
    { what, env, mounts = {}, command = image.command }: Run,
  ): Promise<Container> {
    const real: Record<string, string> = { "/data": "", "/schedule": "", "/tmp": "", ...mounts };
    for (const [mount, folder] of Object.entries(real)) if (folder === "") real[mount] = image.volume(mount);
    // Each container has its own network and file system, but here they share those of the machine.
    const placed = Object.entries({ ...image.env, ...env }).map(
      ([name, value]) => [name, inMounts(value, real)] as const,
    );
    const whole: NodeJS.ProcessEnv = {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      HOME: "/nonexistent",
      // The folder is shared, so that the loader translates each file only once.
      TMPDIR: image.cache,
      ...Object.fromEntries(placed),
      PORT: String(await freePort()),
    };
    const [program = "", ...args] = command;
    const child = spawn(program, args, {
      cwd: image.root,
      env: whole,
      stdio: ["ignore", "pipe", "pipe"],
      ...(image.user === undefined ? {} : { uid: image.user, gid: image.user }),
    });
    const container = new Container(image, what, child, whole, real);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (container.said += data.toString()));
    return container;
  }

  get url(): string {
    return `http://127.0.0.1:${this.env["PORT"]}`;
  }

  get port(): number {
    return Number(this.env["PORT"]);
  }

  /** Runs a command inside, as a health check or a probe does, and returns its exit status. */
  async exec(command: string[]): Promise<number | null> {
    const [program = "", ...args] = command;
    const child = spawn(program, args, {
      cwd: this.image.root,
      env: this.env,
      stdio: "ignore",
      ...(this.image.user === undefined ? {} : { uid: this.image.user, gid: this.image.user }),
    });
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  }

  /** Repeats the image's own health check until it passes. */
  async healthy(): Promise<void> {
    await this.passes(async () => (await this.exec(["sh", "-c", this.image.healthCommand])) === 0);
  }

  async passes(probe: () => Promise<boolean>): Promise<void> {
    await until(
      `${this.what} is healthy`,
      async () => {
        if (this.child.exitCode !== null || this.child.signalCode !== null)
          throw new Error(`${this.what} ended with ${this.child.exitCode}:\n${this.said}`);
        return probe();
      },
      HEALTHY_MS,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.said}`);
    });
  }

  async api<T>(method: string, path: string, token: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Sends SIGTERM, as an engine does. Returns the exit status; null when the grace period was too short. */
  async stop(graceSeconds: number): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, "exit") as Promise<[number | null]>;
    this.child.kill("SIGTERM");
    const kill = setTimeout(() => this.child.kill("SIGKILL"), graceSeconds * 1000);
    const [code] = await gone;
    clearTimeout(kill);
    return code;
  }
}

function inMounts(value: string, mounts: Record<string, string>): string {
  const [mount] = Object.keys(mounts).filter((path) => value === path || value.startsWith(`${path}/`));
  return mount === undefined ? value : `${mounts[mount]}${value.slice(mount.length)}`;
}
