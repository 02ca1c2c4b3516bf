import { expect, it } from "vitest";
import { KEPT_SEEDS } from "./kept-seeds.ts";
import { MemorySubject } from "./memory/memory-subject.ts";
import { play } from "./play/play.ts";
import { writeStory } from "./story/write-story.ts";

it.each(KEPT_SEEDS.memory)("in memory nothing is found with the kept seed %i", async (seed) => {
  const story = writeStory(seed, "memory");
  expect(await play(story, new MemorySubject(story.text, story.settings))).toEqual([]);
});
