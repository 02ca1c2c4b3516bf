import type { JsonMap } from "../../json.ts";
import { conflictsOver } from "../../run/conflicts.ts";
import { partiesPlain, taskPlain } from "../../run/plain-task.ts";
import { canonicalJson } from "../../json.ts";
import { contentMap, contentOf } from "../../task/content.ts";
import { taskKey, type TaskContent, type TaskKey } from "../../task/task.ts";
import { runToEnd } from "../../yaml/progress.ts";
import { changesASide } from "../changes-a-side.ts";
import { decideInSteps, type DecisionInput, type RunDecision } from "../decide.ts";
import type { ResolvedConflict } from "../reopen.ts";
import type { Answer, Conflict, LoadedCandidate, PlanItem, SideTask } from "../types.ts";
import type { ChangeOfRun } from "../undo.ts";
import { apply, candidatesOf, copyOf, inStep, OPTIONS, readFileTask, row, type World } from "./simulator.ts";

/** A task that the tests begin with. */
export const PLAYED: JsonMap = {
  id: 1,
  skill_name: "backup",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T03:00:00.000Z",
  description: "base",
  status: "active",
};

/** What history keeps of a run. */
interface PastRun {
  changes: ChangeOfRun[];
  resolved: Map<TaskKey, ResolvedConflict>;
  /** The file before the run. */
  file: Map<TaskKey, JsonMap>;
}

type Wish = Partial<Omit<DecisionInput, "undo" | "options">> & {
  options?: Partial<DecisionInput["options"]>;
  /** A run to undo. */
  undo?: PastRun;
  answer?: { task: TaskKey; choice: Answer; revision?: string };
};

/** A source in memory whose runs decide as the engine's do: with undo, renames, conflicts that are open, and policies. */
export class PlayedSource {
  world: World;
  readonly open = new Map<TaskKey, Conflict>();
  last: RunDecision | null = null;

  constructor(...plains: JsonMap[]) {
    this.world = inStep(...plains);
  }

  inFile(id: number, change: JsonMap | null): void {
    const key = taskKey(id);
    if (change === null) this.world.file.delete(key);
    else this.world.file.set(key, { ...this.world.file.get(key), ...change });
  }

  inRow(id: number, change: JsonMap | null): void {
    const key = taskKey(id);
    const before = this.world.database.get(key);
    if (change === null) this.world.database.delete(key);
    else this.world.database.set(key, row({ ...(before && taskPlain(before)), ...change }));
  }

  /** The file's task gets another id, at its place. */
  renumber(from: number, to: number): void {
    const tasks = [...this.world.file].map(([key, plain]): [TaskKey, JsonMap] =>
      key === taskKey(from) ? [taskKey(to), { ...plain, id: to }] : [key, plain],
    );
    this.world.file = new Map(tasks);
  }

  /** All tasks that a side has or that were agreed on, and those of the run that is to be undone. */
  candidates(undo?: PastRun): LoadedCandidate[] {
    const known = candidatesOf(this.world);
    const keys = new Set(known.map(({ key }) => key));
    const renamed = [...(undo?.resolved.values() ?? [])].flatMap(({ renamed_to }) => renamed_to ?? []);
    const ofRun = new Set([...(undo?.changes ?? []).map(({ task_id }) => task_id), ...renamed]);
    const gone = [...ofRun].filter((key) => !keys.has(key));
    const nowhere = gone.map((key) => ({ key, ancestor: undefined, file: undefined, database: undefined }));
    return [...known, ...nowhere].map((candidate) => {
      const task = this.world.database.get(candidate.key);
      const stored = task && { content: contentOf(task), updatedBy: null };
      return { ...candidate, fingerprint: null, row: stored };
    });
  }

  /** The candidates where the file's version of a task is older than the carried edit of this field. */
  candidatesOfOlderFile(key: TaskKey, field: readonly string[]): LoadedCandidate[] {
    return this.candidates().map((each) => (each.key === key ? { ...each, unseen: [field] } : each));
  }

  /** One run; its decision is in `last`. */
  run({ undo, answer, options, ...wish }: Wish = {}): PastRun {
    const { open } = this;
    const decision = runToEnd(
      decideInSteps({
        candidates: this.candidates(undo),
        busy: [],
        busyGone: false,
        order: { before: () => undefined, now: () => [] },
        everyItemIdentified: true,
        open: new Map([...open].map(([key, each]) => [key, stored(each)])),
        resolutions: answer ? [{ conflict_id: `of ${answer.task}`, task_id: answer.task, ...answer }] : [],
        policy: "ask",
        position: 2,
        undo: undo
          ? {
              changes: undo.changes,
              resolved: undo.resolved,
              at: "2031-01-01T00:00:00.000Z",
              recalled: recalled(undo),
            }
          : null,
        ...wish,
        options: { ...OPTIONS, ...options },
      }),
    );
    this.last = decision;
    const file = copyOf(this.world).file;
    for (const item of decision.plan.items) this.carryOut(item, undo);
    return {
      file,
      changes: decision.plan.items.filter(changesASide).map(told),
      resolved: this.settle(decision),
    };
  }

  private carryOut(item: PlanItem, undo: PastRun | undefined): void {
    const { key } = item;
    const { file } = this.world;
    const from = item.file?.renames;
    const before = undo?.file.get(key);
    if (from !== undefined) {
      file.set(key, file.get(from) ?? {});
      file.delete(from);
    } else if (item.linesBack && before) file.set(key, before);
    apply(this.world, { ...this.last!.plan, items: [item] });
  }

  private settle({ plan }: RunDecision): Map<TaskKey, ResolvedConflict> {
    const over = conflictsOver(plan, new Map());
    const asTheyStood = new Map(plan.settled.map((conflict) => [conflict.key, conflict]));
    const resolved = new Map<TaskKey, ResolvedConflict>();
    for (const [key, conflict] of this.open) {
      if (!over(key)) continue;
      this.open.delete(key);
      resolved.set(key, recorded(asTheyStood.get(key) ?? conflict));
    }
    for (const conflict of plan.conflicts) this.open.set(conflict.key, conflict);
    return resolved;
  }
}

function stored({ key, revision, renamedTo }: Conflict) {
  return { id: `of ${key}`, task_id: key, revision, renamed_to: renamedTo ?? null };
}

function recorded(conflict: Conflict): ResolvedConflict {
  const { key, fields, renamedTo } = conflict;
  return {
    task_id: key,
    fields,
    ...partiesPlain(conflict),
    ...(renamedTo === undefined ? {} : { renamed_to: renamedTo }),
  };
}

function told({ key, action, before, after }: PlanItem): ChangeOfRun {
  const json = (content: TaskContent | null) => content && canonicalJson(contentMap(content));
  return { task_id: key, action, before: json(before), after: json(after) };
}

function recalled({ changes, file }: PastRun): Map<TaskKey, SideTask | undefined> {
  return new Map(
    changes.map(({ task_id }) => {
      const plain = file.get(task_id);
      return [task_id, plain && readFileTask(plain)];
    }),
  );
}
