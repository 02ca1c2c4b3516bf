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

/** Runs a few times unmeasured, as code is slow before it is hot, then takes the median of the rest. */
export async function measure({ before, run, after }: Repetition, repetitions: number, warmUps = repetitions > 3 ? 3 : 0): Promise<Measured> {
  const times: number[] = [];
  for (let i = -warmUps; i < repetitions; i += 1) {
    await before?.();
    const started = performance.now();
    await run();
    const took = performance.now() - started;
    await after?.();
    if (i >= 0) times.push(took);
  }
  return summary(times);
}

export function summary(times: readonly number[]): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, repetitions: sorted.length };
}

/** Of an ascending list, between neighbours where there is no middle one. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return low + (high - low) * (at - Math.floor(at));
}
