import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { provideEnv } from "../../config/env.ts";
import { touchHealthFile } from "./touch-health-file.ts";

let folder: string;
beforeEach(async () => {
  provideEnv({ LOG_LEVEL: "silent" });
  folder = await mkdtemp(join(tmpdir(), "lockstep-health-"));
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

it("a worker's health file is touched except while a run hangs, and goes when the worker stops", async () => {
  const path = join(folder, "health");
  let stuck: string[] = [];
  const health = await touchHealthFile(path, () => stuck);
  const isThere = () =>
    stat(path)
      .then(() => true)
      .catch(() => false);
  expect(await isThere()).toBe(true);

  stuck = ["default"];
  await rm(path);
  vi.advanceTimersByTime(60_000);
  // A touch that had begun would be done before this one, which is asked for later.
  await stat(folder);
  expect(await isThere()).toBe(false);

  stuck = [];
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(async () => expect(await isThere()).toBe(true));
  await health.stop();
  expect(await isThere()).toBe(false);
});
