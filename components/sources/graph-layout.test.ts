import { describe, expect, it } from "vitest";
import { layOut, NODE } from "./graph-layout.ts";

const node = (id: string, ...depends_on: string[]) => ({ id, depends_on });

describe("the picture of dependencies", () => {
  it("puts parents left of their dependents, however deep", () => {
    const { places, edges } = layOut([node("c", "b", "a"), node("b", "a"), node("a"), node("lone")]);
    const x = (id: string) => places.get(id)?.x ?? NaN;
    expect(x("a") + NODE.width).toBeLessThan(x("b"));
    expect(x("b") + NODE.width).toBeLessThan(x("c"));
    expect(edges).toHaveLength(3);
    expect(places.size).toBe(4);
  });

  it("draws no line to a source that does not exist", () =>
    expect(layOut([node("a", "gone")]).edges).toEqual([]));

  it("lays nothing over anything else", () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      i % 3 === 0 ? node(`n${i}`) : node(`n${i}`, `n${Math.floor(i / 2)}`),
    );
    const { places } = layOut(many);
    expect(places.size).toBe(300);
    const all = [...places.values()];
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true);
    }
  });
});
