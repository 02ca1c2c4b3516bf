import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadAgain } from "./load-again.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tries again until it is loaded", async () => {
  let asked = 0;
  const load = loadAgain(async () => {
    asked += 1;
    if (asked < 4) throw new Error("the server is away");
    return "the part";
  });
  const loaded = load();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([await loaded, asked]).toEqual(["the part", 4]);
});
