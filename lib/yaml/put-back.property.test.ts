import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { editSchedule } from "./edit.ts";
import type { YamlEdit } from "./edit-request.ts";
import {
  type Draw,
  drawFrom,
  drawSchedule,
  drawScalar,
  drawTask,
  drawValue,
  pick,
} from "./human-styles.fixture.ts";
import { putBack } from "./put-back.ts";
import { keptOf } from "./put-back.fixture.ts";
import { readSchedule } from "./read.ts";

function drawEdit(draw: Draw, key: string): YamlEdit {
  if (draw(2) === 0) return { kind: "remove", key };
  const value: Json | undefined = pick(draw, [drawValue(draw), drawScalar(draw), undefined, "two\nlines"]);
  const path = pick(draw, [["params", "x"], ["owner"], ["params"], ["new_key"]]);
  return {
    kind: "update",
    key,
    changes: [{ path, value: path.length === 1 && path[0] === "params" ? {} : value }],
  };
}

describe("putting lines back", () => {
  it("right after any edits gives the same bytes", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw, 6);
        const before = readSchedule(text);
        const keys = tasks.map((task) => String(task["id"]));
        const edits = keys.filter(() => draw(2) === 0).map((key) => drawEdit(draw, key));
        const added = Array.from({ length: draw(3) }, (_, i) => drawTask(draw, 100 + i));
        for (const task of added) edits.push({ kind: "add", task });
        const result = editSchedule(before, { edits });
        if (!result.ok) return;
        const changed = edits.map((edit) => (edit.kind === "add" ? String(edit.task["id"]) : edit.key));
        const kept = keptOf(before, result.document, changed);
        const back = putBack(readSchedule(result.text), kept, new Set(changed));
        expect(back.document.text).toBe(text);
        expect(back.tasks).toEqual(new Set(changed));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
