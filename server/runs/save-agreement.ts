import type { TaskKey } from "../../lib/task/task.ts";
import { forgetAncestors, saveAncestors, saveFingerprints } from "../store/ancestors.ts";
import type { CurrentRun } from "./current-run.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";

/** Saves what both sides agree on from now on, and how the file words it. */
export async function saveAgreement(
  { context, tx }: CurrentRun,
  { known, decision }: Findings,
  { items, left, snapshot }: ExecutedPlan,
): Promise<void> {
  const { source } = context;
  const fingerprint = (key: TaskKey) => snapshot.tasks.fingerprintOf(key) ?? null;
  const agreed = items.flatMap(({ key, ancestor }) =>
    ancestor ? [{ key, ancestor, fingerprint: fingerprint(key) }] : [],
  );
  await saveAncestors(tx, source, agreed);
  const gone = items.filter((item) => !item.ancestor).map((item) => item.key);
  await forgetAncestors(tx, source, gone);
  const touched = new Set(items.map((item) => item.key));
  const waits = (key: TaskKey) => decision.plan.pending.has(key) || left.has(key);
  const reworded = known.candidates.filter(
    ({ key, ancestor, fingerprint: before }) =>
      ancestor && !touched.has(key) && !waits(key) && fingerprint(key) !== before,
  );
  const fingerprints = reworded.map(({ key }) => ({ key, fingerprint: fingerprint(key) }));
  await saveFingerprints(tx, source, fingerprints);
}
