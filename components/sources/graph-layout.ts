import { Graph, layout } from "@dagrejs/dagre";

export interface Node {
  id: string;
  depends_on: readonly string[];
}

export const NODE = { width: 190, height: 64 };
const GAP = { x: 72, y: 20 };
/** With more sources than this, the better ranking would take too long. */
const MANY = 150;

export interface Layout {
  places: Map<string, { x: number; y: number }>;
  edges: { from: string; to: string }[];
}

/** Parents to the left of their dependents; sources with neither stand in rows below. */
export function layOut(nodes: readonly Node[]): Layout {
  const known = new Set(nodes.map(({ id }) => id));
  const edges = nodes.flatMap(({ id, depends_on }) =>
    depends_on.filter((parent) => known.has(parent)).map((parent) => ({ from: parent, to: id })),
  );
  const related = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const places = new Map<string, { x: number; y: number }>();
  let bottom = 0;
  if (related.size > 0) {
    const graph = new Graph();
    graph.setGraph({
      rankdir: "LR",
      nodesep: GAP.y,
      ranksep: GAP.x,
      ranker: related.size > MANY ? "longest-path" : "network-simplex",
    });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const id of related) graph.setNode(id, { ...NODE });
    for (const { from, to } of edges) graph.setEdge(from, to);
    layout(graph);
    for (const id of related) {
      const { x, y } = graph.node(id) as { x: number; y: number };
      places.set(id, { x: x - NODE.width / 2, y: y - NODE.height / 2 });
      bottom = Math.max(bottom, y + NODE.height / 2 + 2 * GAP.y);
    }
  }
  const alone = nodes.filter(({ id }) => !related.has(id));
  const columns = Math.max(4, Math.ceil(Math.sqrt(alone.length)));
  alone.forEach(({ id }, i) => {
    places.set(id, {
      x: (i % columns) * (NODE.width + GAP.y),
      y: bottom + Math.floor(i / columns) * (NODE.height + GAP.y),
    });
  });
  return { places, edges };
}
