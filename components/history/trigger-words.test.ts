import { expect, it } from "vitest";
import { durationInWords, whoInWords } from "./trigger-words.ts";

it.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_400, "1.4 s"],
  [60_000, "1 min"],
  [125_300, "2 min 5 s"],
])("%i ms: %s", (ms, words) => expect(durationInWords(ms)).toBe(words));

it.each([
  ["token:API_TOKEN", "API_TOKEN"],
  ["user:ada", "ada"],
  ["file", ""],
  ["ada", "ada"],
  ["sql:postgres", "sql:postgres"],
])("%s: %s", (requested_by, words) => expect(whoInWords({ requested_by })).toBe(words));
