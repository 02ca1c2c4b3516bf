import { expect, it } from "vitest";
import { mayActAs, ROLES } from "./actor.ts";

it("lets each role do what the roles before it may do", () => {
  const may = ROLES.map((role) => ROLES.filter((required) => mayActAs({ role }, required)));
  expect(may).toEqual([["viewer"], ["viewer", "editor"], ["viewer", "editor", "admin"]]);
});
