import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cycleInWords, dependentsOf, findCycle, type GraphNode } from "./graph.ts";

const graph = (edges: Record<string, string[]>): GraphNode[] =>
  Object.entries(edges).map(([id, depends_on]) => ({ id, depends_on }));

describe("findCycle", () => {
  it.each([
    ["nothing", {}, null],
    ["a diamond", { a: [], b: ["a"], c: ["a"], d: ["b", "c"] }, null],
    ["an unknown parent", { a: ["unknown"] }, null],
    ["itself", { a: ["a"] }, ["a", "a"]],
    ["two", { a: ["b"], b: ["a"] }, ["a", "b", "a"]],
    ["three sources behind another", { x: ["a"], a: ["b"], b: ["c"], c: ["a"] }, ["a", "b", "c", "a"]],
  ] as const)("%s", (_name, edges, cycle) => {
    expect(findCycle(graph(edges as unknown as Record<string, string[]>))).toEqual(cycle);
  });

  it("writes the cycle as a chain of sources", () => {
    expect(cycleInWords(["a", "b", "a"])).toBe("depends_on goes round in a circle: a -> b -> a");
  });

  it("handles a chain of ten thousand sources", () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({
      id: `s${i}`,
      depends_on: i === 0 ? [] : [`s${i - 1}`],
    }));
    expect(findCycle([...chain].reverse())).toBeNull();
    expect(dependentsOf("s0", chain).size).toBe(9_999);
  });

  it("finds a cycle exactly when there is one, and names real edges", () => {
    const id = fc.integer({ min: 0, max: 7 }).map((n) => `s${n}`);
    fc.assert(
      fc.property(fc.dictionary(id, fc.uniqueArray(id, { maxLength: 3 })), (edges) => {
        const nodes = graph(edges);
        const cycle = findCycle(nodes);
        if (!cycle) {
          // Repeatedly removing sources that wait for no other leaves nothing exactly when there is no cycle.
          const left = new Map(nodes.map((node) => [node.id, node.depends_on]));
          for (let before = -1; before !== left.size;) {
            before = left.size;
            for (const [each, parents] of left)
              if (parents.every((parent) => !left.has(parent))) left.delete(each);
          }
          expect(left.size).toBe(0);
          return;
        }
        expect(cycle.length).toBeGreaterThan(1);
        expect(cycle[0]).toBe(cycle.at(-1));
        for (const [i, each] of cycle.slice(0, -1).entries()) expect(edges[each]).toContain(cycle[i + 1]);
      }),
    );
  });
});

describe("dependentsOf", () => {
  it("follows other sources and never includes the source itself", () => {
    const nodes = graph({ a: [], b: ["a"], c: ["b"], d: ["c", "a"], e: [] });
    expect([...dependentsOf("a", nodes)].sort()).toEqual(["b", "c", "d"]);
    expect([...dependentsOf("a", graph({ a: ["b"], b: ["a"] }))]).toEqual(["b"]);
  });
});
