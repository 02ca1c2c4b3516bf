import { canRead } from "../store/read/readiness.ts";

/** Whether requests can be served: every migration has been applied and the database lets us read. */
export async function isReady(): Promise<boolean> {
  return canRead().catch(() => false);
}
