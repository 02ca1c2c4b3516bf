import type { Hook, RunReport } from "../play/subject.ts";

/** Whichever run comes to the point first meets what happens there. */
export function onlyOnce({ meanwhile, ...hook }: Hook): Hook {
  let met = false;
  const first = async () => {
    if (met) return;
    met = true;
    await meanwhile?.();
  };
  return { ...hook, meanwhile: first };
}

/** The report of a run whose connections broke. @throws what is not the doing of the hook. */
export function failed(error: unknown, hook: Hook | null): RunReport {
  if (hook?.what !== "lose connection") throw error;
  return { ...report("failed"), problems: [String(error)] };
}

/** The report of a run that tells no more than its outcome. */
export function report(outcome: RunReport["outcome"]): RunReport {
  return { outcome, run: null, planHash: null, changed: 0, problems: [] };
}
