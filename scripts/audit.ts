// Known advisories of our dependencies: a step of `npm test`. Fails only when the registry was asked, answered, and
// named one that is high or critical; where there is no such registry it says so in one line.
import { spawnSync } from "node:child_process";
import { judgeAudit } from "./judge-audit.ts";

const { stdout, error } = spawnSync(
  "npm",
  ["audit", "--json", "--audit-level=high", "--fetch-retries=0", "--fetch-timeout=20000"],
  { encoding: "utf8", timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
);
const { ok, line } = judgeAudit(error ? "" : stdout);
console.log(line);
process.exit(ok ? 0 : 1);
