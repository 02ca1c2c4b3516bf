import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The API of another system, in its own process: see `pages-server.mjs`. */
export class UpstreamProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
  ) {}

  static async start(): Promise<UpstreamProcess> {
    const child = fork(fileURLToPath(new URL("./pages-server.mjs", import.meta.url)));
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    return new UpstreamProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Sets how many objects there are, and changes one of a hundred with each generation. */
  async become(wish: { objects?: number; generation?: number }): Promise<void> {
    await this.takeRequests(wish);
  }

  /** How many requests came since this was last asked. */
  async takeRequests(wish = {}): Promise<number> {
    const answer = once(this.child, "message");
    this.child.send(wish);
    const [{ requests }] = (await answer) as [{ requests: number }];
    return requests;
  }

  stop(): void {
    this.child.disconnect();
  }
}
