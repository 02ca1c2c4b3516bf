import fc from "fast-check";
import { expect, it } from "vitest";
import { differenceOf } from "./difference.ts";

it("turns one text into the other, touching only what lies between what they share", () => {
  expect(differenceOf("a: 1\nb: 2\n", "a: 1\nb: 3\n")).toEqual({ start: 8, end: 9, length: 1 });
  expect(differenceOf("aa", "aaa")).toEqual({ start: 2, end: 2, length: 1 });
  expect(differenceOf("same", "same")).toEqual({ start: 4, end: 4, length: 0 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { start, end, length } = differenceOf(before, after);
      expect(before.slice(0, start) + after.slice(start, start + length) + before.slice(end)).toBe(after);
      // Smallest: neither the first nor the last character of what changed could stay.
      if (end > start && length > 0) {
        expect(before[start]).not.toBe(after[start]);
        expect(before[end - 1]).not.toBe(after[start + length - 1]);
      }
    }),
  );
});
