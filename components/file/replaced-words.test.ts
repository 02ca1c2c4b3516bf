import { expect, it } from "vitest";
import { replacedInWords } from "./replaced-words.ts";

const counts = { created: 0, updated: 1, deleted: 0, merged: 0, conflicts: 0, problems: 0 };

it("a kept version says who replaced it and why", () => {
  expect(replacedInWords({ id: "", trigger: "api", requested_by: "user:ada@example.com", counts })).toBe(
    "Replaced by ada@example.com: edit here or by API, 1 updated",
  );
  expect(replacedInWords({ id: "", trigger: "database", requested_by: "sql", counts })).toBe(
    "Replaced: edit by SQL, 1 updated",
  );
});
