import { expect, it } from "vitest";
import { parse } from "yaml";
import { readSchedule } from "./read.ts";
import { reprint } from "./reprint.ts";

const TEXT = `tasks:
  - id: 1
    skill_name: job
    schedule_cron: "0 1 * * *"
`;

it("what is printed again reads the same in YAML 1.1 and 1.2", () => {
  const params = { switch: "on", answer: "no", day: "2026-01-02", time: "12:30", off: ["y", "0o7", "plain"] };
  const wanted = { id: 1, skill_name: "job", schedule_cron: "0 1 * * *", description: "yes", params };
  const after = reprint(readSchedule(TEXT), {
    updated: new Map([[0, wanted]]),
    removed: new Set(),
    added: [],
  });
  for (const version of ["1.1", "1.2"] as const)
    expect(parse(after?.text ?? "", { version })).toEqual({ tasks: [wanted] });
});
