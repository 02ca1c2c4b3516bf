import { setTimeout as delay } from "node:timers/promises";

/** Source of the time, which tests and the proof replace. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds of this clock. */
  wait(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: async (ms) => void (await delay(ms)),
};
