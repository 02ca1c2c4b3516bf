import { childrenOf, cycleInWords, findCycle, type GraphNode } from "./graph.ts";

/** What a round knows of each source. */
export interface RoundNode extends GraphNode {
  priority: number;
  cascade_sync: boolean;
  /** Why the source does not run by itself; null when it does. */
  off: string | null;
}

/**
 * `unneeded`: the source only follows a change of a parent, and no parent changed anything. Its own
 * dependents go on.
 */
export type MemberState =
  | "waiting"
  | "running"
  | "succeeded"
  | "conflicted"
  | "halted"
  | "failed"
  | "skipped"
  | "unneeded";

/**
 * A source in a round. `parents` are its parents in this round; a parent outside the round is not waited for.
 */
export interface Member {
  source: string;
  parents: readonly string[];
  /**
   * For a source that is not due itself: it runs only when one of these parents changed something. Null: it
   * runs in any case.
   */
  cascadesFrom: readonly string[] | null;
  state: MemberState;
  /** True when its run changed something on either side. */
  changed: boolean;
  reason: string | null;
}

/** Which dependents join: dependents of a changed source with `cascade_sync`, all of them, or none. */
export type Cascade = "settings" | "all" | "none";

/**
 * Plans the members of a round in the order in which they may start: parents first, then by priority. Sources
 * that a cascade may reach are planned too, so that their dependents wait for them.
 */
export function planRound(wanted: Iterable<string>, nodes: readonly RoundNode[], cascade: Cascade): Member[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const asked = new Set([...wanted].filter((id) => byId.has(id)));
  const within = new Set(asked);
  const children = childrenOf(nodes);
  const open = [...asked];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = byId.get(id);
    if (!node || cascade === "none" || (cascade === "settings" && !node.cascade_sync)) continue;
    for (const child of children.get(id) ?? []) {
      // A cascade by settings stops at a source that is switched off.
      if (within.has(child) || !byId.has(child) || (cascade === "settings" && byId.get(child)?.off !== null))
        continue;
      within.add(child);
      open.push(child);
    }
  }
  const order = inOrder([...within].flatMap((id) => byId.get(id) ?? []));
  const reasonOf = (id: string) => (asked.has(id) ? null : (byId.get(id)?.off ?? null));
  const off = new Set([...within].filter((id) => reasonOf(id) !== null));
  return order.map(({ id, depends_on, circle }): Member => {
    const parents = depends_on.filter((parent) => within.has(parent) && !off.has(parent));
    const reason = reasonOf(id) ?? circle;
    return {
      source: id,
      parents,
      cascadesFrom:
        asked.has(id) || cascade === "all"
          ? null
          : parents.filter((parent) => byId.get(parent)?.cascade_sync === true),
      state: reason === null ? "waiting" : "skipped",
      changed: false,
      reason,
    };
  });
}

/**
 * Sorts the sources: parents first, then by the highest priority, then by id. Sources in a cycle come last,
 * with the cycle.
 */
function inOrder(nodes: readonly RoundNode[]): (RoundNode & { circle: string | null })[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const waitsFor = new Map(
    nodes.map(({ id, depends_on }) => [id, depends_on.filter((parent) => byId.has(parent)).length]),
  );
  const children = childrenOf(nodes);
  const ready = nodes.filter(({ id }) => waitsFor.get(id) === 0).sort(first);
  const order: RoundNode[] = [];
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    order.push(next);
    for (const child of children.get(next.id) ?? []) {
      const left = (waitsFor.get(child) ?? 0) - 1;
      waitsFor.set(child, left);
      const node = byId.get(child);
      if (left === 0 && node) insert(ready, node);
    }
  }
  const placed = new Set(order.map(({ id }) => id));
  const stuck = nodes.filter(({ id }) => !placed.has(id)).sort(first);
  const cycle = stuck.length > 0 ? findCycle(stuck) : null;
  return [
    ...order.map((node) => ({ ...node, circle: null })),
    ...stuck.map((node) => ({ ...node, circle: cycleInWords(cycle ?? [node.id]) })),
  ];
}

function first(a: RoundNode, b: RoundNode): number {
  return b.priority - a.priority || (a.id < b.id ? -1 : 1);
}

function insert(sorted: RoundNode[], node: RoundNode): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there && first(there, node) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, node);
}

/** What happens next to the waiting members. */
export interface Step {
  start: string[];
  /** Members that do not run, and why, in the order in which that follows. */
  leave: { source: string; state: "skipped" | "unneeded"; reason: string }[];
}

const PASSED: ReadonlySet<MemberState> = new Set(["succeeded", "conflicted", "unneeded"]);
const UNFINISHED: ReadonlySet<MemberState> = new Set(["waiting", "running"]);

/** Advances a round: which members may start now, and which are left out because a parent did not succeed. */
export function nextStep(members: readonly Member[]): Step {
  const states = new Map(members.map(({ source, state }) => [source, state]));
  const changed = new Set(members.filter((member) => member.changed).map(({ source }) => source));
  const step: Step = { start: [], leave: [] };
  // Parents come before their dependents, so that one pass finds every consequence.
  for (const { source, parents, cascadesFrom, state } of members) {
    if (state !== "waiting") continue;
    const stateOf = (parent: string) => states.get(parent) ?? "unneeded";
    if (parents.some((parent) => UNFINISHED.has(stateOf(parent)))) continue;
    if (cascadesFrom !== null && !cascadesFrom.some((parent) => changed.has(parent))) {
      states.set(source, "unneeded");
      step.leave.push({ source, state: "unneeded", reason: `nothing changed in ${cascadesFrom.join(", ")}` });
      continue;
    }
    const failed = parents.find((parent) => !PASSED.has(stateOf(parent)));
    if (failed === undefined) {
      states.set(source, "running");
      step.start.push(source);
    } else {
      states.set(source, "skipped");
      step.leave.push({
        source,
        state: "skipped",
        reason: `its parent ${failed} ${IN_WORDS[stateOf(failed)]}`,
      });
    }
  }
  return step;
}

const IN_WORDS: Record<MemberState, string> = {
  waiting: "waits",
  running: "runs",
  succeeded: "succeeded",
  conflicted: "has conflicts",
  halted: "was halted",
  failed: "failed",
  skipped: "was skipped",
  unneeded: "was not needed",
};

export function isOver(members: readonly Pick<Member, "state">[]): boolean {
  return members.every(({ state }) => !UNFINISHED.has(state));
}
