import { afterAll, expect, inject, it } from "vitest";
import { freshSeed } from "./fresh-seed.ts";
import { playUntilFound } from "./play-until-found.ts";
import { KEPT_SEEDS } from "./kept-seeds.ts";
import { Stage } from "./stage.ts";
import { writeStory } from "./story/write-story.ts";

/** So many fresh stories are played, or as many as this time allows. */
const SAMPLE = { stories: 15, ms: 8_000 };

const stage = new Stage("real", inject("testServer"));
afterAll(() => stage.close());

it.each(KEPT_SEEDS.real)("the real runs: nothing is found with the kept seed %i", async (seed) => {
  expect(await stage.play(writeStory(seed, "real"))).toEqual([]);
});

it("a crowd: nothing is found in three sources at a time, each run by two workers at once", async () => {
  const crowd = new Stage("crowd", inject("testServer"));
  const { clean, found } = await playUntilFound(crowd, { seed: freshSeed(), stories: 8, ms: 6_000 });
  await crowd.close();
  expect(found, `npm run proof -- --replay ${found?.seed} --level crowd`).toBeNull();
  expect(clean).toBeGreaterThan(0);
}, 90_000);

it("the real runs: nothing is found in a sample of fresh seeds, after another stage", async () => {
  const { clean, found } = await playUntilFound(stage, { seed: freshSeed(), ...SAMPLE });
  expect(found, `npm run proof -- --replay ${found?.seed} --level real`).toBeNull();
  expect(clean).toBeGreaterThan(0);
}, 90_000);
