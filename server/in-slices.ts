import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds of work after which the event loop gets a turn. */
const SLICE_MS = 8;

/**
 * Runs long work in slices, so that this thread can serve other requests in between. `onTurn` gets the
 * progress after each slice.
 */
export async function inSlices<Step, Result>(
  steps: Generator<Step, Result>,
  onTurn: (step: Step) => void = () => undefined,
): Promise<Result> {
  let turn = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - turn < SLICE_MS) continue;
    onTurn(step.value);
    await nextTurn();
    turn = performance.now();
  }
}
