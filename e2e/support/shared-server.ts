import { Lockstep } from "./lockstep.ts";
import { startAfresh } from "./start-afresh.ts";

/** A server that the specs of one Playwright worker use one after another, because starting one takes seconds. */
export class SharedServer {
  private constructor(private readonly lockstep: Lockstep) {}

  static async start(settings: Record<string, string>): Promise<SharedServer> {
    return new SharedServer(await Lockstep.start(settings));
  }

  /** Brings the server into the state of a new start with this schedule. Call it in `beforeAll`. */
  async fresh(schedule?: string): Promise<Lockstep> {
    await startAfresh(this.lockstep, schedule);
    return this.lockstep;
  }

  stop(): Promise<void> {
    return this.lockstep.stop();
  }
}
