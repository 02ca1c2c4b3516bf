import type { RoundJson } from "../../lib/protocol/round.ts";
import { roundWithId } from "../store/read/rounds.ts";
import { notFound, pathUuid } from "./uuid.ts";

/** @throws {LockstepError} not_found */
export async function getRound(id: string | undefined): Promise<RoundJson> {
  const round = await roundWithId(pathUuid(id, "round"));
  if (!round) throw notFound("round");
  return round;
}
