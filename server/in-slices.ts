import { setImmediate as nextTurn } from "node:timers/promises";

/** A turn of the event loop is given up after this long. */
const SLICE_MS = 8;

/**
 * Drives long work to its end a slice at a time, so that whatever else this thread serves is served
 * in between. `onTurn` is told how far it is whenever a turn is given up.
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
