// Exits with 0 when this container's process is healthy: a web process answers that it is ready, or a worker
// has touched HEALTH_FILE recently. It is plain JavaScript, because it runs every few seconds.
import { statSync } from "node:fs";

const { ROLE = "all", HOST = "127.0.0.1", PORT = "3000", HEALTH_FILE = "" } = process.env;
/** Several times the interval in which a worker touches the file. */
const FRESH_MS = 60_000;

async function isWell() {
  if (ROLE.trim() === "worker") return Date.now() - statSync(HEALTH_FILE).mtimeMs < FRESH_MS;
  const everywhere = ["", "0.0.0.0", "::"].includes(HOST);
  const host = everywhere ? "127.0.0.1" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return (await fetch(`http://${host}:${PORT}/api/ready`, { signal: AbortSignal.timeout(4_000) })).ok;
}

try {
  if (await isWell()) process.exit(0);
  console.error("not well");
} catch (error) {
  console.error(error instanceof Error ? String(error.cause ?? error) : error);
}
process.exit(1);
