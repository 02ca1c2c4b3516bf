export interface GraphNode {
  id: string;
  depends_on: readonly string[];
}

/**
 * A cycle of sources that wait for themselves, as `[a, b, a]`; null when there is none. Unknown parents are
 * ignored.
 */
export function findCycle(nodes: Iterable<GraphNode>): string[] | null {
  const parentsOf = new Map([...nodes].map(({ id, depends_on }) => [id, depends_on]));
  const done = new Set<string>();
  for (const start of parentsOf.keys()) {
    const cycle = cycleFrom(start, parentsOf, done);
    if (cycle) return cycle;
  }
  return null;
}

/** Searches depth first without recursion, because a chain may be as long as there are sources. */
function cycleFrom(
  start: string,
  parentsOf: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] | null {
  const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
  const onPath = new Set([start]);
  for (;;) {
    const here = path.at(-1);
    if (!here) return null;
    const parent = done.has(here.id) ? undefined : parentsOf.get(here.id)?.[here.next++];
    if (parent === undefined) {
      done.add(here.id);
      onPath.delete(here.id);
      path.pop();
    } else if (onPath.has(parent)) {
      const ids = path.map(({ id }) => id);
      return [...ids.slice(ids.indexOf(parent)), parent];
    } else if (!done.has(parent) && parentsOf.has(parent)) {
      path.push({ id: parent, next: 0 });
      onPath.add(parent);
    }
  }
}

/** The cycle as a message for people. */
export function cycleInWords(cycle: readonly string[]): string {
  return `depends_on goes round in a circle: ${cycle.join(" -> ")}`;
}

/** Every source that depends on this one, directly or through others. */
export function dependentsOf(id: string, nodes: Iterable<GraphNode>): Set<string> {
  const children = childrenOf(nodes);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      if (found.has(child) || child === id) continue;
      found.add(child);
      open.push(child);
    }
  }
  return found;
}

/** The sources that name each source in `depends_on`. */
export function childrenOf(nodes: Iterable<GraphNode>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, depends_on } of nodes)
    for (const parent of depends_on) children.set(parent, [...(children.get(parent) ?? []), id]);
  return children;
}
