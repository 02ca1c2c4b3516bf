import { planHash } from "./plan-hash.ts";
import type { Plan } from "./types.ts";

/** All of a plan except its hash. */
export type PlanParts = Omit<Plan, "hash">;

/** The parts of a plan that does nothing yet. */
export function noParts(): PlanParts {
  return {
    items: [],
    conflicts: [],
    overruled: [],
    settled: [],
    pending: new Map(),
    problems: [],
    refused: new Map(),
  };
}

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

/** The decisions for several groups of tasks. */
export function joined(...parts: readonly PlanParts[]): PlanParts {
  return {
    items: parts.flatMap(({ items }) => items),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    overruled: parts.flatMap(({ overruled }) => overruled),
    settled: parts.flatMap(({ settled }) => settled),
    pending: new Map(parts.flatMap(({ pending }) => [...pending])),
    problems: parts.flatMap(({ problems }) => problems),
    refused: new Map(parts.flatMap(({ refused }) => [...refused])),
  };
}
