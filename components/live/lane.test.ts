import { describe, expect, it } from "vitest";
import { Lane } from "./lane.ts";

describe("a lane", () => {
  it("runs one refresh at a time, and one more for everything requested meanwhile", async () => {
    const seen: (readonly number[])[] = [];
    const done: (() => void)[] = [];
    const lane = new Lane<number>((news) => {
      seen.push(news);
      return new Promise<void>((resolve) => done.push(resolve));
    });
    lane.want(1);
    lane.want(2);
    lane.want(3, 4);
    expect(seen).toEqual([[1]]);
    done[0]?.();
    await Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => Promise.resolve());
    expect(seen).toEqual([[1], [2, 3, 4]]);
  });

  it("goes on after a refresh that failed", async () => {
    const seen: (readonly number[])[] = [];
    const lane = new Lane<number>(async (news) => {
      seen.push(news);
      await Promise.reject(new Error("offline"));
    });
    lane.want(1);
    await new Promise((resolve) => setImmediate(resolve));
    lane.want(2);
    expect(seen).toEqual([[1], [2]]);
  });
});
