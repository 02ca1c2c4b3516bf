import { expect, it } from "vitest";
import { sideNames } from "../../lib/source/side-names.ts";
import { actorInWords, authorInWords } from "./actor-words.ts";

it("an edit of another system is not called one of a file", () => {
  const detail = { state: "elsewhere", modified_at: null, place: "https://erp.example.com/tasks" } as const;
  expect(actorInWords({ actor: "file", detail }, sideNames("erp", "http_tasks"))).toMatchObject({
    name: "An unknown author",
    by: "erp.example.com",
  });
  expect(authorInWords(detail)).toBe("An edit at https://erp.example.com/tasks, which does not say whose");
});
