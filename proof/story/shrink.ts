import type { Step, Story } from "./step.ts";

/**
 * The shortest story with the same kind of finding that leaving out steps, and what disturbs them, leads to.
 * Source of the idea: delta debugging (Zeller and Hildebrandt, 2002).
 */
export async function shrink(story: Story, stillFinds: (story: Story) => Promise<boolean>): Promise<Story> {
  let shortest = story;
  for (let size = Math.ceil(story.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < shortest.steps.length;) {
      const without = { ...shortest, steps: shortest.steps.toSpliced(at, size) };
      if (await stillFinds(without)) shortest = without;
      else at += size;
    }
  }
  for (let at = 0; at < shortest.steps.length; at++) {
    for (const simpler of simplerSteps(shortest.steps[at]!)) {
      const attempt = { ...shortest, steps: shortest.steps.with(at, simpler) };
      if (await stillFinds(attempt)) shortest = attempt;
    }
  }
  return shortest;
}

function simplerSteps(step: Step): Step[] {
  switch (step.do) {
    case "run": {
      const { disturb, ...plain } = step;
      if (!disturb) return step.worker === 0 ? [] : [{ ...step, worker: 0 }];
      if (disturb.what !== "meanwhile" || disturb.edits.length === 1) return [plain];
      const alone = disturb.edits.map((edit): Step => ({ ...step, disturb: { ...disturb, edits: [edit] } }));
      return [plain, ...alone];
    }
    case "resolve":
    case "undo": {
      const { crash, ...plain } = step;
      return crash === undefined ? [] : [plain];
    }
    default:
      return [];
  }
}
