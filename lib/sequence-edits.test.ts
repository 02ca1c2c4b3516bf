import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sequenceEdits } from "./sequence-edits.ts";

describe("the edits of a sequence", () => {
  it.each([
    ["abc", "abc", []],
    ["abc", "axc", [[1, 2, "x"]]],
    ["abc", "abcd", [[3, 3, "d"]]],
    ["abc", "c", [[0, 2, ""]]],
    [
      "abcd",
      "xbyd",
      [
        [0, 1, "x"],
        [2, 3, "y"],
      ],
    ],
    ["", "ab", [[0, 0, "ab"]]],
    ["aa", "a", [[1, 2, ""]]],
  ])("of %j to %j", (before, after, wanted) => {
    const found = sequenceEdits([...before], [...after]);
    expect(found.map(({ from, to, fresh }) => [from, to, fresh.join("")])).toEqual(wanted);
  });

  const sequence = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

  it("make the one of the other, and keep as many entries as any can", () => {
    fc.assert(
      fc.property(sequence, sequence, (before, after) => {
        const edits = sequenceEdits(before, after);
        const made: string[] = [];
        let done = 0;
        for (const { from, to, fresh } of edits) {
          expect(from).toBeGreaterThanOrEqual(done);
          made.push(...before.slice(done, from), ...fresh);
          done = to;
        }
        expect([...made, ...before.slice(done)]).toEqual(after);
        const kept = before.length - edits.reduce((sum, { from, to }) => sum + to - from, 0);
        expect(kept).toBe(longestCommon(before, after));
      }),
    );
  });

  it("of very long sequences that share nothing are one, found at once", () => {
    const long = (name: string) => Array.from({ length: 3_000 }, (_, i) => `${name}${i}`);
    expect(sequenceEdits(["head", ...long("a")], ["head", ...long("b")])).toEqual([
      { from: 1, to: 3_001, fresh: long("b") },
    ]);
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const known = new Map<number, number>();
  const from = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = i * 100 + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const best = a[i] === b[j] ? 1 + from(i + 1, j + 1) : Math.max(from(i + 1, j), from(i, j + 1));
    known.set(key, best);
    return best;
  };
  return from(0, 0);
}
