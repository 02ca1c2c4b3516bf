import { describe, expect, it } from "vitest";
import { startNear, trackPicture } from "./track-picture.ts";

const utc = () => 0;
const WINDOW = { from: 1_000, length: 100 };
const starts = (together: readonly number[] = []) => {
  const tasksAt = new Uint32Array(300).fill(1);
  for (const minute of together) tasksAt[minute] = 2;
  return { from: 900, tasksAt };
};

describe("the picture of a track", () => {
  it("has a mark for each start in the window, and others for those that start together", () => {
    const picture = trackPicture(Uint16Array.of(99, 100, 150, 200), starts([150]), utc, WINDOW, 1_000);
    expect(picture).toMatchObject({ count: 2, alone: "M0.0 8V20", together: "M500.0 3V25", bands: [] });
  });

  it("follows the clock of the row", () => {
    const picture = trackPicture(Uint16Array.of(70), starts(), () => 60, WINDOW, 1_000);
    expect(picture.alone).toBe("M300.0 8V20");
  });

  it("has bands where starts are too near to tell apart; equal neighbours are one band", () => {
    const often = Uint16Array.from({ length: 100 }, (_, i) => 100 + i);
    expect(trackPicture(often, starts(), utc, WINDOW, 120)).toMatchObject({
      count: 100,
      alone: "",
      bands: [{ x: 0, width: 120, shade: 4 }],
    });
    const uneven = trackPicture(often.slice(0, 50), starts(), utc, WINDOW, 120);
    expect(uneven.bands.at(-1)).toMatchObject({ x: 0, width: 60 });
  });
});

it("the start under the mouse is the nearest within reach", () => {
  const near = (x: number) => startNear(x, Uint16Array.of(110, 150), { from: 900 }, utc, WINDOW, 1_000);
  expect([near(95), near(104), near(300), near(505)]).toEqual([110, 110, null, 150]);
});
