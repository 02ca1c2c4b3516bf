import { planHash } from "./plan-hash.ts";
import type { Plan } from "./types.ts";

/** What a plan consists of, before it is one. */
export type PlanParts = Omit<Plan, "hash">;

/** The plan of these parts. Most runs never look at the hash of a plan, so it is computed when it is asked for. */
export function buildPlan(parts: PlanParts): Plan {
  let hash: string | undefined;
  return {
    ...parts,
    get hash() {
      return (hash ??= planHash(parts.items, parts.conflicts));
    },
  };
}
