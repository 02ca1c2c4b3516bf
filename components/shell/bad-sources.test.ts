import { expect, it } from "vitest";
import { badSources } from "./bad-sources.ts";

const good = { halted: false, problems: 0, sync_status_reason: null };

it("the sources that need a person are named, the first with its reason", () => {
  const unreadable = { code: "file_unreadable" as const, message: "" };
  const us = { ...good, id: "us" };
  expect(badSources([us])).toBeNull();
  expect(badSources([us, { ...good, id: "eu", halted: true }])).toBe("eu is halted");
  expect(badSources([{ ...good, id: "eu", problems: 1, sync_status_reason: unreadable }])).toBe(
    "eu cannot be read",
  );
  expect(
    badSources([
      { ...good, id: "eu", problems: 2 },
      { ...us, halted: true },
      { ...us, id: "asia", halted: true },
    ]),
  ).toBe("eu has problems and 2 more");
});
