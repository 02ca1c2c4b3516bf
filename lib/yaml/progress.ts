/** What a long piece of work yields between its steps. */
export interface Progress {
  done: number;
  total: number;
}

/** Number of tasks processed between two yields, which takes some milliseconds. */
export const TASKS_PER_STEP = 20;

/** Runs work that is done in steps to its end, and returns its result. */
export function runToEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
