import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonMap } from "../json.ts";
import { contentMap } from "../task/content.ts";
import { editDatabase, editFile, story } from "./testing/arbitrary.ts";
import { inStep, row, sync, type World } from "./testing/simulator.ts";

const runs = { numRuns: 300 };

describe("symmetry", () => {
  /** The task with every key and every time, so that the file cannot be left behind in any field. */
  const full = (task: JsonMap): JsonMap => ({
    timezone: "UTC",
    status: "pending",
    description: null,
    params: {},
    owner: null,
    labels: {},
    ...task,
    next_run_at: task["next_run_at"] ?? "2033-03-03T00:00:00.000Z",
  });
  const mirrored = {
    modify_modify: "modify_modify",
    delete_modify: "modify_delete",
    modify_delete: "delete_modify",
    create_create: "create_create",
    renamed: "renamed",
  } as const;

  it("with the sides exchanged, the same conflicts, fields, deletions and results", () => {
    fc.assert(
      fc.property(story, ({ start, rounds }) => {
        const make = (swap: boolean) => {
          const world = inStep(...start.map(full));
          for (const { key, file, database } of rounds.flat()) {
            editFile(world, key, swap ? database : file);
            editDatabase(world, key, swap ? file : database);
          }
          for (const [key, plain] of world.file) world.file.set(key, full(plain));
          for (const [key, task] of world.database)
            world.database.set(key, row(full({ ...contentMap(task), id: task.id })));
          return world;
        };
        const [there, back] = [make(false), make(true)];
        const [plan, mirror] = [sync(there), sync(back)];
        const found = new Map(plan.conflicts.map(({ key, kind, fields }) => [key, { kind, fields }]));
        expect(
          new Map(mirror.conflicts.map(({ key, kind, fields }) => [key, { kind: mirrored[kind], fields }])),
        ).toEqual(found);
        const withoutTime = (world: World) =>
          new Map([...world.ancestors].map(([key, { content }]) => [key, { ...content, next_run_at: null }]));
        expect(withoutTime(back)).toEqual(withoutTime(there));
      }),
      runs,
    );
  });
});
