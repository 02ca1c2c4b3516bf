import { describe, expect, it } from "vitest";
import { columnPlaces } from "./column-places.ts";
import { columnsWithRoom, ROOM_FROM, withColumn, withWidth } from "./column-changes.ts";
import { COLUMN_IDS, COLUMN_SPECS, columnsFrom, columnsText, leastWidth } from "./columns.ts";

describe("the columns without a choice", () => {
  it("are never wider than the list, however narrow it is and however many sources there are", () => {
    for (const many of [true, false])
      for (let width = 500; width < 1_400; width += 1)
        expect(leastWidth(columnsWithRoom(width, many)), `${width}`).toBeLessThanOrEqual(width);
  });
  it("are shown by classes that name the same widths", () => {
    for (const kind of ["one", "many"] as const)
      for (const id of COLUMN_IDS) {
        const [place, from] = [columnPlaces(null, kind === "many")[id] ?? "", ROOM_FROM[id][kind]];
        if (from === 0) expect(place).not.toContain("hidden");
        else if (from === Infinity) expect(place).toMatch(/ hidden$/);
        else expect(place).toContain(` hidden md:@min-[${from}px]:block`);
        expect(place).toContain(`${COLUMN_SPECS[id].least}px)`);
      }
  });
});

describe("chosen columns", () => {
  it("stand in the address in their own order, with the widths that were set", () => {
    const columns = columnsFrom("changed,skill.320,next");
    expect(columnsText(columns ?? [])).toBe("skill.320,next,changed");
    expect(columnsFrom("skill.320,next,changed")).toEqual(columns);
  });
  it("always have the task itself, and no width that hides a column or the others", () => {
    expect(columnsText(columnsFrom("next.2,status.9999") ?? [])).toBe("skill,next.48,status.800");
  });
  it.each(["", "nonsense", "skil,nex.12"])("are none for %j", (text) => expect(columnsFrom(text)).toBeNull());
  it("come and go in their order", () => {
    const columns = withColumn(withWidth(columnsWithRoom(600, true), "next", 200), "source", true);
    expect(columnsText(columns)).toBe("skill,source,next.200,status,sync");
    expect(columnsText(withColumn(columns, "next", false))).toBe("skill,source,status,sync");
  });
});
