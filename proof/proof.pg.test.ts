import { afterAll, expect, inject, it } from "vitest";
import { KEPT_SEEDS } from "./kept-seeds.ts";
import { Stage } from "./stage.ts";
import { writeStory } from "./story/write-story.ts";

/** Fresh seeds are played for this long. */
const SAMPLE_MS = 8_000;

const stage = new Stage("real", inject("testServer"));
afterAll(() => stage.close());

it.each(KEPT_SEEDS.real)("the real runs: nothing is found with the kept seed %i", async (seed) => {
  expect(await stage.play(writeStory(seed, "real"))).toEqual([]);
});

it("the real runs: nothing is found in a sample of fresh seeds", async () => {
  const first = Date.now() % 1_000_000_000;
  const until = performance.now() + SAMPLE_MS;
  let seed = first;
  for (; performance.now() < until; seed++) {
    const findings = await stage.play(writeStory(seed, "real"));
    expect(findings, `npm run proof -- --replay ${seed} --level real`).toEqual([]);
  }
  expect(seed).toBeGreaterThan(first);
}, 90_000);
