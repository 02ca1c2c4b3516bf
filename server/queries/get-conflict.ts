import type { ConflictJson } from "../../lib/protocol/conflict.ts";
import { conflictWithId } from "../store/read/conflicts.ts";
import { notFound, pathUuid } from "./uuid.ts";

/** @throws {LockstepError} not_found */
export async function getConflict(id: string | undefined): Promise<ConflictJson> {
  const conflict = await conflictWithId(pathUuid(id, "conflict"));
  if (!conflict) throw notFound("conflict");
  return conflict;
}
