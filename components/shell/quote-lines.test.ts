import { expect, it } from "vitest";
import { quote } from "./quote-lines.ts";

it("quotes a line with its neighbours, and only lines that exist", () => {
  expect(quote("a\r\nb\nc\nd", 2)).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "b" },
    { number: 3, text: "c" },
  ]);
  expect(quote("a\nb", 1).map((each) => each.number)).toEqual([1, 2]);
  expect(quote("a\nb", 9)).toEqual([]);
});
