import { expect, it } from "vitest";
import { judgeAudit } from "./judge-audit.ts";

const report = (counts: object, vulnerabilities = {}) =>
  JSON.stringify({ metadata: { vulnerabilities: counts }, vulnerabilities });

it("passes without a registry, and says that nothing was checked", () => {
  for (const printed of [
    "",
    "not json",
    '{"error":{"code":"ENOAUDIT"}}',
    '{"message":"405 Method Not Allowed"}',
  ]) {
    expect(judgeAudit(printed)).toEqual({ ok: true, line: expect.stringContaining("not checked") as string });
  }
});

it("fails on high and critical advisories, and names them", () => {
  expect(judgeAudit(report({ low: 3, moderate: 1, high: 0, critical: 0, total: 4 })).ok).toBe(true);
  const named = { left: { severity: "high" }, right: { severity: "low" } };
  expect(judgeAudit(report({ high: 1, critical: 0, total: 2 }, named))).toEqual({
    ok: false,
    line: "1 high or critical: left. See: npm audit",
  });
  expect(judgeAudit(report({ high: 0, critical: 2 })).ok).toBe(false);
});
