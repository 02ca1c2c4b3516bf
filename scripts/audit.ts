// Checks for known advisories of our dependencies, as a step of `npm test`. It fails only when the registry
// answered and named a high or critical advisory. Without a registry it prints one line.
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
