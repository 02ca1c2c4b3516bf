import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalJson, isMap, type Json, type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { diffMaps } from "./diff.ts";
import { getPath } from "./path.ts";
import { reconcile } from "./reconcile.ts";
import { editDatabase, editFile, story, type Story } from "./testing/arbitrary.ts";
import {
  apply,
  candidatesOf,
  copyOf,
  inStep,
  OPTIONS,
  readFileTask,
  sync,
  type World,
} from "./testing/simulator.ts";
import { withoutFieldsLeftBehind } from "./two-sides.ts";
import { DIRECTIONS, type Plan, type ReconcileOptions } from "./types.ts";

const RUNS = 300;
const runs = { numRuns: RUNS };

/** Plays a story and shows the world before and after each run. */
function play(
  { start, rounds }: Story,
  options: Partial<ReconcileOptions>,
  check: (before: World, after: World, plan: Plan) => void,
): World {
  const world = inStep(...start);
  for (const round of rounds) {
    for (const { key, file, database } of round) {
      editFile(world, key, file);
      editDatabase(world, key, database);
    }
    const before = copyOf(world);
    const plan = sync(world, options);
    check(before, world, plan);
  }
  return world;
}

function says({ file, ancestors }: World, key: string): JsonMap | undefined {
  const plain = file.get(key);
  if (!plain) return undefined;
  const text = contentMap(readFileTask(plain).task);
  const ancestor = ancestors.get(key);
  return ancestor ? withoutFieldsLeftBehind(text, ancestor) : text;
}

function rowSays({ database }: World, key: string): JsonMap | undefined {
  const task = database.get(key);
  return task && contentMap(task);
}

function agreed({ ancestors }: World, key: string): JsonMap | undefined {
  const ancestor = ancestors.get(key);
  return ancestor && contentMap(ancestor.content);
}

const keysOf = (world: World) => candidatesOf(world).map(({ key }) => key);
const isNextRun = (path: readonly string[]) => path[0] === "next_run_at";

const anyOptions = fc.record({
  strategy: fc.constantFrom("three-way" as const, "timestamp" as const),
  direction: fc.constantFrom(...DIRECTIONS),
  force: fc.boolean(),
  ownership: fc.constantFrom<ReconcileOptions["ownership"]>(
    {},
    { next_run_at: "database", status: "database" },
    { description: "file", params: "database", labels: "database" },
  ),
  fileAbsenceBelieved: fc.boolean(),
});

describe("no edit is ever lost", () => {
  /** Checks that each edit of the side still differs from the ancestor, or that both sides say it now. */
  function kept(before: World, after: World, plan: Plan, side: "file" | "database"): void {
    const [mine, theirs] = side === "file" ? [says, rowSays] : [rowSays, says];
    const conflicts = new Set(plan.conflicts.map(({ key }) => key));
    for (const key of keysOf(before)) {
      const [was, is, now, other, base] = [
        agreed(before, key),
        mine(before, key),
        mine(after, key),
        theirs(after, key),
        agreed(after, key),
      ];
      if (conflicts.has(key)) {
        // A task in conflict is unchanged on both sides.
        expect(now).toEqual(is);
        expect(other).toEqual(theirs(before, key));
        expect(base).toEqual(was);
        continue;
      }
      if (is === undefined) {
        if (was === undefined) continue;
        const gone = now === undefined && other === undefined;
        expect(
          gone || (now === undefined && plan.pending.has(key)),
          `deletion of ${key} on the ${side}`,
        ).toBe(true);
        continue;
      }
      if (
        was !== undefined &&
        diffMaps(was, is).every(({ path: [field = ""] }) => field === "status" || field === "next_run_at")
      ) {
        // A deletion on the other side may delete a task of which only runtime fields changed.
        if (theirs(before, key) === undefined) continue;
      }
      for (const { path, after: value } of diffMaps(was ?? {}, is)) {
        if (isNextRun(path)) continue;
        for (const leaf of leaves(path, value)) {
          const edit = getPath(is, leaf);
          const here = holds(getPath(now, leaf), edit);
          const both = here && holds(getPath(other, leaf), edit);
          const stillAnEdit = plan.pending.has(key) && here && !holds(getPath(base, leaf), edit);
          expect(both || stillAnEdit, `${key} ${leaf.join(".")} of the ${side}`).toBe(true);
        }
      }
    }
  }

  /** The paths of the values inside maps, because two maps in the same place are merged key by key. */
  function leaves(path: string[], value: Json | undefined): string[][] {
    if (!isMap(value) || Object.keys(value).length === 0) return [path];
    return Object.entries(value).flatMap(([key, item]) => leaves([...path, key], item));
  }

  function holds(now: Json | undefined, edit: Json | undefined): boolean {
    return equalJson(now, edit) || (isMap(edit) && Object.keys(edit).length === 0 && isMap(now));
  }

  it.each(DIRECTIONS)("%s", (direction) => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, { direction }, (before, after, plan) => {
          kept(before, after, plan, "file");
          kept(before, after, plan, "database");
        });
      }),
      runs,
    );
  });

  it("a time set by hand, while the schedule does not change", () => {
    fc.assert(
      fc.property(story, fc.constantFrom(...DIRECTIONS), (told, direction) => {
        play(told, { direction }, (before, after, plan) => {
          for (const key of keysOf(before)) {
            const [was, file, database] = [agreed(before, key), says(before, key), rowSays(before, key)];
            if (!was || !file || !database || plan.conflicts.some((conflict) => conflict.key === key))
              continue;
            const same = (field: string) =>
              equalJson(was[field], file[field]) && equalJson(was[field], database[field]);
            if (!same("schedule_cron") || !same("timezone")) continue;
            for (const [side, mine] of [
              [file, says],
              [database, rowSays],
            ] as const) {
              const time = side["next_run_at"];
              if (time === null || time === was["next_run_at"]) continue;
              expect(mine(after, key)?.["next_run_at"]).toBe(time);
            }
          }
        });
      }),
      runs,
    );
  });
});

describe("converges", () => {
  it("a second run has nothing to do, under any settings", () => {
    fc.assert(
      fc.property(story, anyOptions, (told, options) => {
        play(told, options, (_before, after, plan) => {
          // A later clock makes no difference, because nothing is computed twice.
          const later = { nextRun: () => "2050-01-01T00:00:00.000Z" };
          const again = reconcile(candidatesOf(after), { ...OPTIONS, ...options, ...later });
          expect(again.items).toEqual([]);
          expect(again.conflicts).toEqual(plan.conflicts);
          expect([...again.pending.keys()]).toEqual([...plan.pending.keys()]);
          // (By timestamp a time computed in a row may leave the stamps, not the direction, in the way.)
          if (options.strategy === "three-way") expect(again.pending).toEqual(plan.pending);
        });
      }),
      runs,
    );
  });

  it("what one-way runs held back, a bidirectional run carries over", () => {
    fc.assert(
      fc.property(story, fc.constantFrom(...DIRECTIONS), (told, direction) => {
        const world = play(told, { direction }, () => {});
        const plan = sync(world);
        const held = new Set(plan.conflicts.map(({ key }) => key));
        expect([...plan.pending.values()].every((reason) => reason === "conflict")).toBe(true);
        for (const key of keysOf(world))
          if (!held.has(key)) expect(says(world, key)).toEqual(rowSays(world, key));
      }),
      runs,
    );
  });

  it("a run forced one way, and back, leaves no conflict", () => {
    fc.assert(
      fc.property(
        story,
        fc.constantFrom("file_to_database" as const, "database_to_file" as const),
        (told, direction) => {
          play(told, { direction, force: true }, (_before, _after, plan) =>
            expect(plan.conflicts).toEqual([]),
          );
        },
      ),
      runs,
    );
  });
});

describe("the order of tasks", () => {
  it("changes neither a task's turn nor the hash", () => {
    fc.assert(
      fc.property(story, anyOptions, (told, options) => {
        const world = inStep(...told.start);
        for (const { key, file, database } of told.rounds.flat()) {
          editFile(world, key, file);
          editDatabase(world, key, database);
        }
        const candidates = candidatesOf(world);
        const one = reconcile(candidates, { ...OPTIONS, ...options });
        const other = reconcile([...candidates].reverse(), { ...OPTIONS, ...options });
        expect([...other.items].reverse()).toEqual(one.items);
        expect([...other.conflicts].reverse()).toEqual(one.conflicts);
        expect(other.hash).toBe(one.hash);
        const alone = candidates.map((candidate) => reconcile([candidate], { ...OPTIONS, ...options }));
        expect(alone.flatMap((plan) => plan.items)).toEqual(one.items);
      }),
      runs,
    );
  });
});

describe("the simulator", () => {
  it("carries a plan out to the state that the ancestors describe", () => {
    fc.assert(
      fc.property(story, (told) => {
        play(told, {}, (_before, after, plan) => {
          apply(copyOf(after), { ...plan, items: [] });
          for (const { key } of plan.items) {
            expect(says(after, key)).toEqual(agreed(after, key));
            expect(rowSays(after, key)).toEqual(agreed(after, key));
          }
        });
      }),
      runs,
    );
  });
});
