import { expect, it } from "vitest";
import { textsOf } from "./change-texts.ts";

it("joins the lines of changed tasks, and has a created or deleted task on one side only", () => {
  const changes = [
    { yaml_before: "- id: 1\n", yaml_after: "- id: 1\n  a: 1\n" },
    { yaml_before: null, yaml_after: "- id: 2" },
    { yaml_before: "- id: 3\n", yaml_after: null },
  ];
  expect(textsOf(changes)).toEqual({ before: "- id: 1\n\n- id: 3\n", after: "- id: 1\n  a: 1\n\n- id: 2\n" });
  expect(textsOf([{ yaml_before: null, yaml_after: null }])).toBeNull();
});
