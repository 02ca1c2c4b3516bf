import type { Lockstep } from "./lockstep.ts";

/** Tests write the same texts again and again. Without this the server would ask about each as an older version. */
export async function forgetVersions(lockstep: Lockstep): Promise<void> {
  await lockstep.sql("TRUNCATE file_revisions, carried_deletions");
}
