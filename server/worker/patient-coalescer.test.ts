import pino from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { patientCoalescer } from "./patient-coalescer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tries failed work again once a second, also when others ask for it all the time, and stops when it succeeds", async () => {
  let tries = 0;
  let well = false;
  const work = async () => {
    tries++;
    if (!well) throw new Error("the database is away");
  };
  const coalescer = patientCoalescer(work, pino({ level: "silent" }));
  const asked = setInterval(() => coalescer.now(), 700);
  await vi.advanceTimersByTimeAsync(60_000);
  clearInterval(asked);
  tries = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBe(10);
  well = true;
  tries = 0;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBe(1);
});
