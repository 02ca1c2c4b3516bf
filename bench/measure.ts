import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Measured {
  /** Milliseconds. */
  median: number;
  min: number;
  max: number;
  repetitions: number;
}

export interface Repetition {
  /** Prepares a repetition; not measured. */
  before?(): Promise<void>;
  run(): Promise<unknown>;
  /**
   * Checks a repetition; not measured. It throws when `run` did not do its work, so that a failure does not
   * count as speed.
   */
  after?(): Promise<void>;
}

export interface Turns {
  repetition: Repetition;
  repetitions: number;
}

/**
 * Measures several contenders in turns, so that other load on the machine affects all of them alike. Each
 * runs a few times unmeasured first, because code is slow before it is compiled.
 */
export async function measureInTurns(all: readonly Turns[]): Promise<Measured[]> {
  const warmUps = ({ repetitions }: Turns) => (repetitions > 3 ? 3 : 0);
  const times = all.map((): number[] => []);
  const rounds = Math.max(...all.map((turns) => warmUps(turns) + turns.repetitions));
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, turns] of all.entries()) {
      if (round >= warmUps(turns) + turns.repetitions) continue;
      const took = await timeOf(turns.repetition);
      if (round >= warmUps(turns)) times[i]?.push(took);
    }
  }
  return times.map(summary);
}

setFlagsFromString("--expose-gc");
/**
 * Collects garbage between contenders that use hundreds of megabytes and others. It is not called between
 * repetitions: a full collection also discards compiled code and caches, which costs the fastest contender
 * the most.
 */
export const collectGarbage = runInNewContext("gc") as () => void;

async function timeOf({ before, run, after }: Repetition): Promise<number> {
  await before?.();
  const started = performance.now();
  await run();
  const took = performance.now() - started;
  await after?.();
  return took;
}

export function summary(times: readonly number[]): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
    repetitions: sorted.length,
  };
}

/** A quantile of an ascending list, interpolated between neighbours. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at - Math.floor(at));
}
