import fc from "fast-check";
import { expect, it } from "vitest";
import { smallestChange } from "./smallest-change.ts";

it("turns one text into the other, touching only what lies between what they share", () => {
  expect(smallestChange("a: 1\nb: 2\n", "a: 1\nb: 3\n")).toEqual({ from: 8, to: 9, insert: "3" });
  expect(smallestChange("aa", "aaa")).toEqual({ from: 2, to: 2, insert: "a" });
  expect(smallestChange("same", "same")).toBeNull();
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = smallestChange(before, after);
      expect(change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before).toBe(
        after,
      );
    }),
  );
});
