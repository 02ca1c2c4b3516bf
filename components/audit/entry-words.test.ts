import { describe, expect, it } from "vitest";
import { NAMES_OF_FILE } from "../../lib/source/side-names.ts";
import { actorInWords, authorInWords } from "./actor-words.ts";
import { groupInWords, toneOf, whatInWords } from "./entry-words.ts";

const entry = (given: object) => ({
  action: "",
  subject: "task" as const,
  subject_id: "2",
  task_id: "2",
  before: null,
  after: null,
  diff: [],
  detail: null,
  ...given,
});
const diff = (...fields: string[]) => fields.map((field) => ({ field, before: 1, after: 2 }));

describe("an action in words", () => {
  it.each([
    [{ action: "task_updated", diff: diff("description") }, "changed description of task 2"],
    [{ action: "task_updated", diff: diff("a", "b", "c", "d") }, "changed a, b and 2 more fields of task 2"],
    [{ action: "task_updated" }, "wrote task 2 as it was"],
    [{ action: "task_deleted", before: { skill_name: "ledger-close" } }, "deleted task 2 (ledger-close)"],
    [
      { action: "conflict_detected", after: { file: null, database: { skill_name: "fx-rates" } } },
      "found a conflict in task 2 (fx-rates)",
    ],
    [{ action: "tasks_put_back" }, "put back the tasks that one side had lost"],
    [
      { action: "conflict_resolved", detail: { choice: "keep_yaml" } },
      "resolved the conflict in task 2 with the file’s side",
    ],
    [
      { action: "sync_requested", detail: { force: true, allow_deletes: true } },
      "ran a forced sync and confirmed its deletions",
    ],
    [
      { action: "user_role_changed", after: { role: "editor" }, detail: { email: "ada@example.com" } },
      "made ada@example.com an editor",
    ],
    [{ action: "token_revoked", before: { name: "deploy" } }, "revoked the API token deploy"],
    [{ action: "history_cleared", subject_id: "runs", detail: { entries: 12 } }, "cleared 12 old runs"],
    [{ action: "something_new" }, "something new"],
  ])("%j", (given, words) => {
    expect(whatInWords(entry(given), NAMES_OF_FILE)).toBe(words);
  });

  it("has a colour by its effect", () => {
    expect(["token_created", "sign_in_failed", "conflict_detected", "task_updated"].map(toneOf)).toEqual([
      "ok",
      "bad",
      "warn",
      "neutral",
    ]);
  });
});

describe("the actor in words", () => {
  const committed = {
    state: "committed" as const,
    commit: "0123456789abcdef",
    author: { name: "Ada Lovelace", email: "ada@example.com" },
    committer: { name: "Grace", email: "grace@example.com" },
    committed_at: "2026-01-01T00:00:00.000Z",
    subject: "Later",
  };
  it.each([
    ["user:ada@example.com", "ada@example.com", null],
    ["token:deploy", "deploy", "token"],
    ["sql:ada", "ada", "SQL"],
    ["lockstep", "Lockstep", null],
    ["file", "An unknown author", "the file"],
  ])("%s", (actor, name, by) => {
    expect(actorInWords({ actor, detail: null }, NAMES_OF_FILE)).toMatchObject({ name, by });
  });

  it("names the author of the commit", () => {
    expect(actorInWords({ actor: "file", detail: committed }, NAMES_OF_FILE)).toMatchObject({
      name: "Ada Lovelace",
      by: "the file",
    });
    expect(authorInWords(committed)).toBe(
      "Commit 01234567 “Later” by Ada Lovelace <ada@example.com>, committed by Grace",
    );
    expect(authorInWords({ state: "uncommitted", modified_at: null, owner: "ada" })).toBe(
      "An edit that was not committed; the file belongs to ada",
    );
  });
});

it("a group says how many tasks a run created, changed and deleted", () => {
  const group = { count: 5_000, created: 5_000, updated: 0, deleted: 0 };
  expect(groupInWords(group)).toBe("created 5,000 tasks");
  expect(groupInWords({ count: 9, created: 2, updated: 3, deleted: 4 })).toBe(
    "created 2, changed 3 and deleted 4 tasks",
  );
});
