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

/** The decisions for two groups of tasks. */
export function joined(some: PlanParts, others: PlanParts): PlanParts {
  return {
    items: [...some.items, ...others.items],
    conflicts: [...some.conflicts, ...others.conflicts],
    overruled: [...some.overruled, ...others.overruled],
    pending: new Map([...some.pending, ...others.pending]),
    problems: [...some.problems, ...others.problems],
    refused: new Map([...some.refused, ...others.refused]),
  };
}
