import { expect, it } from "vitest";
import { mergeLines } from "./merge-lines.ts";

const BASE = "a\nb\nc\nd\n";

it.each([
  ["only one edited", "a\nB\nc\nd\n", BASE, "a\nB\nc\nd\n"],
  ["only the other edited", BASE, "a\nb\nc\nD\n", "a\nb\nc\nD\n"],
  ["neighbouring lines", "a\nB\nc\nd\n", "a\nb\nC\nd\n", "a\nB\nC\nd\n"],
  ["a line taken out beside one put in", "b\nc\nd\n", "a\nb\nc\nnew\nd\n", "b\nc\nnew\nd\n"],
  ["the same edit", "a\nX\nc\nd\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"],
  ["no line break at the end", "a\nb\nc\nd", "A\nb\nc\nd\n", "A\nb\nc\nd"],
  ["line breaks of Windows", "a\r\nb\r\n", "a\r\nb\r\n", "a\r\nb\r\n"],
])("%s", (_name, one, other, merged) => {
  const base = one.includes("\r") ? one : BASE;
  expect(mergeLines(base, one, other)).toBe(merged);
  expect(mergeLines(base, other, one)).toBe(merged);
});

it.each([
  ["the same line in two ways", "a\nB\nc\nd\n", "a\nX\nc\nd\n"],
  ["a line taken out that the other edited", "a\nc\nd\n", "a\nX\nc\nd\n"],
  ["two lines put in at one place", "a\none\nb\nc\nd\n", "a\ntwo\nb\nc\nd\n"],
])("%s is not merged", (_name, one, other) => {
  expect(mergeLines(BASE, one, other)).toBeUndefined();
});
