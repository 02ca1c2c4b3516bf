import { planHash } from "./plan-hash.ts";
import type { Plan } from "./types.ts";

/** All of a plan except its hash. */
export type PlanParts = Omit<Plan, "hash">;

/** Makes a plan of these parts. The hash is computed when it is first read, because most runs never read it. */
export function buildPlan(parts: PlanParts): Plan {
  let hash: string | undefined;
  return {
    ...parts,
    get hash() {
      return (hash ??= planHash(parts.items, parts.conflicts));
    },
  };
}
