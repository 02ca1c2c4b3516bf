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
  /** Not timed: brings about what is to be measured. */
  before?(): Promise<void>;
  run(): Promise<unknown>;
  /** Not timed: throws when `run` did not do what it was to do, so that no failure is taken for speed. */
  after?(): Promise<void>;
}

export interface Turns {
  repetition: Repetition;
  repetitions: number;
}

/**
 * Measures several in turns, so that whatever else the machine does meanwhile falls on all of them
 * alike. Each runs a few times unmeasured first, as code is slow before it is hot.
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
 * Not between repetitions: a full collection also throws code and caches away, which costs the
 * quickest the most. Only between those who leave hundreds of megabytes behind and those who do not.
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

/** Of an ascending list, between neighbours where there is no middle one. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at - Math.floor(at));
}
