interface AuditReport {
  metadata?: {
    vulnerabilities?: Partial<Record<"low" | "moderate" | "high" | "critical" | "total", number>>;
  };
  vulnerabilities?: Record<string, { severity?: string }>;
}

/**
 * Judges the output of `npm audit --json`. It is bad only when there was an answer with a high or critical
 * advisory.
 */
export function judgeAudit(printed: string): { ok: boolean; line: string } {
  const counts = parse(printed)?.metadata?.vulnerabilities;
  if (counts === undefined)
    return { ok: true, line: "The registry's advisories cannot be reached from here; not checked." };
  const { high = 0, critical = 0, total = 0 } = counts;
  if (high + critical === 0)
    return { ok: true, line: `No high advisory among the dependencies (${total} lower).` };
  const named = Object.entries(parse(printed)?.vulnerabilities ?? {})
    .filter(([, { severity }]) => severity === "high" || severity === "critical")
    .map(([name]) => name);
  return { ok: false, line: `${high + critical} high or critical: ${named.join(", ")}. See: npm audit` };
}

function parse(printed: string): AuditReport | null {
  try {
    return JSON.parse(printed) as AuditReport;
  } catch {
    return null;
  }
}
