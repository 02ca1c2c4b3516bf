import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  ["postgresql://lockstep:hunter2@db:5432/x", "postgresql://lockstep:[cut]@db:5432/x"],
  ["postgresql://db:5432/x", "postgresql://db:5432/x"],
  ['{"authorization":"Bearer abc.def"}', '{"authorization":"Bearer [cut]"}'],
  ["Basic dXNlcjpwYXNz", "Basic [cut]"],
  ["GET /signin?next=/&token=abc HTTP/1.1", "GET /signin?next=/&token=[cut] HTTP/1.1"],
  [`{"msg":"made lockstep_${"aB".repeat(32)}"}`, '{"msg":"made [cut]"}'],
  ["a table lockstep_access", "a table lockstep_access"],
  ["a token of http://localhost:3000/api/tasks", "a token of http://localhost:3000/api/tasks"],
])("%s", (text, wanted) => {
  expect(redact(text, [])).toBe(wanted);
});

it("cuts every known secret, however it is written", () => {
  const secret = 'pass"wörd/1';
  const line = JSON.stringify({ plain: secret, url: `?x=${encodeURIComponent(secret)}` });
  const cut = redact(line, [secret, "no"]);
  expect(JSON.parse(cut)).toEqual({ plain: "[cut]", url: "?x=[cut]" });
  expect(redact("no secret", ["no"])).toBe("no secret");
});
