import type { Lockstep } from "./lockstep.ts";

/** Makes the file say this text, and the database what the file says. */
export async function putBack(lockstep: Lockstep, text: string): Promise<void> {
  lockstep.write(text);
  await lockstep.call("POST /api/sync/trigger", { body: { direction: "yaml_to_db", force: true } });
}
