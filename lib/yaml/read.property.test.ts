import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { changedKeys } from "./changed-keys.ts";
import { readChunks } from "./read-chunks.ts";
import type { ScheduleDocument } from "./document.ts";
import { type Draw, drawFrom, drawSchedule, drawValue, pick } from "./human-styles.fixture.ts";
import { readSchedule } from "./read.ts";
import { itemAt } from "./task-at.ts";
import { readInOnePiece } from "./read-in-one-piece.ts";

function runInSteps<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Everything a reader can see, in a form that can be compared. */
function view(document: ScheduleDocument) {
  return {
    fatal: document.fatal,
    problems: document.problems,
    held: [...document.held].sort(),
    identified: document.everyItemIdentified,
    tasks: [...document.keys()].map((key) => [key, document.fingerprintOf(key)]),
    items: document.parts.entries.map((_, number) => [
      itemAt(document, number).line,
      itemAt(document, number).json,
    ]),
  };
}

/** An edit that a person might make by mistake. */
function mangled(draw: Draw, text: string): string {
  const at = draw(text.length + 1);
  const end = Math.min(text.length, at + pick(draw, [0, 0, 1, 5, 40, 200]));
  const scraps = [
    "",
    " ",
    "\n",
    "  ",
    "- ",
    "#",
    "\t",
    "'",
    '"',
    "x: 1\n",
    "\n  - id: 9\n    skill_name: q\n",
    "&a ",
    "*a",
    "\n---\n",
    "\n...\n",
    "{",
    "]",
    "|",
    "\n\n",
    "%",
    ": ",
    "tasks:\n",
    "<<: *a\n",
    "!!str ",
    "id: 1",
    "\nfoo: 1\n",
  ];
  return text.slice(0, at) + pick(draw, scraps) + text.slice(end);
}

describe("readSchedule, on schedules in human styles", () => {
  it("reads what the parser reads from the whole text", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw);
        const document = readSchedule(text);
        expect(document.problems).toEqual([]);
        expect(document.parts.layout).toBeDefined();
        expect(document.parts.entries.map((_, number) => itemAt(document, number).json)).toEqual(tasks);
        expect((parse(text) as { tasks: unknown }).tasks).toEqual(tasks);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it("reads the same item by item as in one piece, also after edits by mistake", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(3), (seed, edits) => {
        const draw = drawFrom(seed);
        let { text } = drawSchedule(draw);
        for (let i = 0; i < edits; i += 1) text = mangled(draw, text);
        const chunked = runInSteps(readChunks(text, new Map()));
        if (chunked) expect(view(chunked)).toEqual(view(runInSteps(readInOnePiece(text))));
      }),
      { numRuns: 600, endOnFailure: true },
    );
  });

  it("reads the same with a previous document as without", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(3), (seed, edits) => {
        const draw = drawFrom(seed);
        let { text } = drawSchedule(draw);
        let document = readSchedule(text);
        for (let i = 0; i <= edits; i += 1) {
          text = mangled(draw, text);
          const next = readSchedule(text, document);
          const cold = readSchedule(text);
          expect(view(next)).toEqual(view(cold));
          const changed = changedKeys(document, next);
          for (const key of new Set([...document.keys(), ...cold.keys(), ...document.held, ...cold.held])) {
            const [before, after] = [stateOf(document, key), stateOf(next, key)];
            if (before !== after) expect(changed).toContain(key);
          }
          document = next;
        }
      }),
      { numRuns: 250, endOnFailure: true },
    );
  });

  it("gives a task the same fingerprint in every notation", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw, 1);
        const task = { ...tasks[0], note: drawValue(draw) };
        const flow = readSchedule(`tasks: [${JSON.stringify(task)}]`);
        const block = readSchedule(
          JSON.stringify(
            { tasks: [Object.fromEntries(Object.entries(task).reverse())] },
            null,
            pick(draw, [0, 2]),
          ),
        );
        const key = String(task["id" as keyof typeof task]);
        expect(flow.fingerprintOf(key)).toBe(block.fingerprintOf(key));
        expect(flow.fingerprintOf(key)).not.toBe(readSchedule(text).fingerprintOf(key));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

function stateOf(document: ScheduleDocument, key: string): string | undefined {
  return document.held.has(key) ? "held" : document.fingerprintOf(key);
}
