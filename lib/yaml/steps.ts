export interface Progress {
  done: number;
  total: number;
}

/** How many tasks are dealt with between two yields: some milliseconds. */
export const TASKS_PER_STEP = 20;

/** Work done in steps, driven to its end in one go. */
export function driven<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
