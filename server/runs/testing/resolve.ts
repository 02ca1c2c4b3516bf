import type { RequestedResolution } from "../../../lib/run/request.ts";
import type { TestSource } from "../../testing/test-source.ts";

/** The only open conflict. */
export async function onlyConflict(source: TestSource) {
  const [only, ...others] = await source.conflicts();
  if (!only || others.length > 0) throw new Error(`${others.length + (only ? 1 : 0)} open conflicts`);
  return only;
}

/** Resolves a conflict, the only open one where none is given, and gives the run's answer. */
export async function resolveIn(
  source: TestSource,
  wish: Omit<RequestedResolution, "conflict_id" | "task_id">,
  of = onlyConflict(source),
) {
  const { id, task_id } = await of;
  const answer = await source.ask("resolution", {
    kind: "resolution",
    resolutions: [{ conflict_id: id, task_id, ...wish }],
  });
  if (answer.kind !== "resolution") throw new Error("a resolution was answered without a run");
  return answer;
}
