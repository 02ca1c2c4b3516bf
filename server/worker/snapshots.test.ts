import { describe, expect, it } from "vitest";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { SnapshotCache } from "./snapshots.ts";

const snapshot = (size: number) => ({ size }) as Snapshot;
const kept = (cache: SnapshotCache, ...names: string[]) =>
  names.filter((name) => cache.get(name) !== undefined).join("");

describe("SnapshotCache", () => {
  it("drops the files used longest ago when there is too much", () => {
    const cache = new SnapshotCache(100);
    for (const name of ["a", "b", "c"]) cache.set(name, snapshot(30));
    cache.get("a");
    cache.set("d", snapshot(30));
    expect(kept(cache, "a", "b", "c", "d")).toBe("acd");
  });

  it("counts a newer version instead of the older one", () => {
    const cache = new SnapshotCache(100);
    cache.set("a", snapshot(50));
    for (let n = 0; n < 9; n++) cache.set("b", snapshot(50));
    expect(kept(cache, "a", "b")).toBe("ab");
    cache.set("b", undefined);
    cache.set("c", snapshot(50));
    expect(kept(cache, "a", "b", "c")).toBe("ac");
  });

  it("keeps the last one, however large", () => {
    const cache = new SnapshotCache(100);
    cache.set("a", snapshot(10));
    cache.set("b", snapshot(1_000));
    expect(kept(cache, "a", "b")).toBe("b");
    cache.set("c", snapshot(10));
    expect(kept(cache, "b", "c")).toBe("c");
  });
});
