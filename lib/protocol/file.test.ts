import { expect, it } from "vitest";
import { backupTime } from "./file.ts";

it("tells a kept version's time from its name", () => {
  expect(backupTime("2026-11-22T10-27-08.123Z-4711.yml")).toBe("2026-11-22T10:27:08.123Z");
});

it.each([
  "",
  "../2026-11-22T10-27-08.123Z-4711.yml",
  "2026-11-22T10-27-08.123Z-4711.yml/../../secret",
  "2026-11-22T10-27-08.123Z-4711.yml\n",
  "2026-11-22T10-27-08.123Z-4711.yaml",
  "2026-13-22T10-27-08.123Z-4711.yml",
  "secrets.json",
  "..",
])("takes %j for no kept version", (name) => {
  expect(backupTime(name)).toBeNull();
});
