import { isMigrated } from "../store/read/readiness.ts";

/** Whether requests can be served: the database answers and every migration has been applied. */
export async function isReady(): Promise<boolean> {
  return isMigrated().catch(() => false);
}
