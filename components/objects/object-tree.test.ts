import { describe, expect, it } from "vitest";
import type { ObjectJson, ObjectListJson } from "../../lib/protocol/object.ts";
import { layOut, type TreeRow } from "./object-tree.ts";
import { EVERY_OBJECT, objectQuery, objectViewFrom, withObjectView } from "./object-view.ts";
import { typesInOrder } from "./types-in-order.ts";

const object = (id: string, children = 0) => ({ id, children }) as ObjectJson;
const page = (objects: ObjectJson[], next_cursor: string | null = null): ObjectListJson => ({
  objects,
  next_cursor,
});
const lines = (rows: readonly TreeRow[]) =>
  rows.map((row) =>
    row.kind === "rest"
      ? `${" ".repeat(row.level)}… ${row.page}`
      : `${" ".repeat(row.level)}${row.object.id} ${row.place}/${row.siblings}`,
  );

/** Pages by `parent/cursor`. */
function laidOut(pages: Record<string, ObjectListJson>, ...open: string[]) {
  const { rows, pages: asked } = layOut(({ key }) => pages[key], new Set(open));
  return { rows: lines(rows), asked: asked.map(({ key }) => key) };
}

describe("the rows of the tree", () => {
  it("are the pages that are loaded, and stand where the next one will be", () => {
    expect(laidOut({})).toEqual({ rows: [" … /"], asked: ["/"] });
    const pages = {
      "/": page([object("1", 3), object("2")], "c"),
      "1/": page([object("3"), object("4")], "d"),
    };
    expect(laidOut(pages, "1", "2")).toEqual({
      rows: [" 1 1/-1", "  3 1/3", "  4 2/3", "  … 1/d", " 2 2/-1", " … /c"],
      asked: ["/", "1/", "1/d", "/c"],
    });
    const whole = { ...pages, "/c": page([object("5")]), "1/d": page([object("6")]) };
    expect(laidOut(whole, "1").rows).toEqual([
      ...[" 1 1/-1", "  3 1/3", "  4 2/3", "  6 3/3"],
      ...[" 2 2/-1", " 5 3/-1"],
    ]);
  });

  it("say how many siblings there are where one page has all", () => {
    expect(laidOut({ "/": page([object("1"), object("2")]) }).rows).toEqual([" 1 1/2", " 2 2/2"]);
  });

  it("end where an object is its own ancestor", () => {
    const pages = { "/": page([object("1", 1)]), "1/": page([object("2", 1)]), "2/": page([object("1", 1)]) };
    expect(laidOut(pages, "1", "2").rows).toEqual([" 1 1/1", "  2 1/1", "   1 1/1"]);
  });
});

it.each([
  ["", null, { parent: "none" }],
  ["q=a&type=t", "7", { parent: "7" }],
  ["q=%20a%20&source=s&type=t", null, { q: "a", source: "s", type: "t" }],
  ["show=stale", null, { freshness: "stale" }],
  ["show=deleted", null, { deleted: "only" }],
  ["show=nonsense", null, { parent: "none" }],
])("the address %s asks below %s for %j", (address, parent, query) => {
  expect(objectQuery(objectViewFrom(new URLSearchParams(address)), parent)).toEqual(query);
});

it("the address keeps what is not of the view", () => {
  const before = new URLSearchParams("object=7&q=a&show=stale");
  expect(String(withObjectView(before, { ...EVERY_OBJECT, source: "s" }))).toBe("object=7&source=s");
});

it("types stand after the one that they hang from, also in a circle", () => {
  const type = (source: string, parent_source: string | null) => ({
    ...{ source, type: source, parent_source, objects: 0, deleted: 0, freshness: "fresh" as const },
    ...{ checked_at: null, full_at: null },
  });
  const placed = typesInOrder([
    type("a", "x"),
    type("b", "a"),
    type("c", null),
    type("d", "a"),
    type("x", "y"),
    type("y", "x"),
    type("z", "gone"),
  ]);
  expect(placed.map(({ type: { source }, follows }) => `${source}${follows ? " follows" : ""}`)).toEqual([
    ...["c", "z"],
    ...["a", "b follows", "d", "x", "y follows"],
  ]);
});
