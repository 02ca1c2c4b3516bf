import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemorySubject } from "./memory/memory-subject.ts";
import { freshSeed } from "./fresh-seed.ts";
import { playUntilFound } from "./play-until-found.ts";
import { play } from "./play/play.ts";
import { FAULTS, withFault } from "./planted/plant.ts";
import { Stage } from "./stage.ts";
import { shrink } from "./story/shrink.ts";
import type { Story } from "./story/step.ts";
import { tell } from "./story/tell.ts";
import { writeStory } from "./story/write-story.ts";

/** So many fresh stories are played, or as many as this time allows. */
const SAMPLE = { stories: 400, ms: 8_000 };

describe("the proof in memory", () => {
  it("finds nothing in a sample of fresh seeds", async () => {
    const stage = new Stage("memory", null);
    const { clean, found } = await playUntilFound(stage, { seed: freshSeed(), ...SAMPLE });
    expect(found, `npm run proof -- --replay ${found?.seed} --level memory`).toBeNull();
    expect(clean).toBeGreaterThan(0);
  }, 60_000);
});

it("a seed tells the same story each time, and another seed another", () => {
  expect(writeStory(7, "memory")).toEqual(writeStory(7, "memory"));
  expect(writeStory(7, "memory")).not.toEqual(writeStory(8, "memory"));
});

/** A subject that loses the edits of one side, as an engine with a mistake would. */
class Forgetful extends MemorySubject {
  override async save(text: string): Promise<void> {
    await super.save(text.replace(/(skill_name: )"?skill-\d{2,}"?/, "$1skill-lost"));
  }
}

describe("what the proof sees", () => {
  const story: Story = {
    ...writeStory(1, "memory"),
    settings: { strategy: "three-way", policy: "ask", direction: "bidirectional", ownership: {} },
    steps: [
      { do: "run", worker: 0, trigger: "manual" },
      { do: "edit", side: "file", how: "rename", task: "2", leaf: "skill_name", value: '"skill-99"' },
      { do: "later", ms: 900 },
      { do: "run", worker: 0, trigger: "watch" },
      { do: "edit", side: "database", how: "sql", task: "1", leaf: "owner", value: '"someone"' },
    ],
  };
  const playOn = (told: Story) => play(told, new Forgetful(told.text, told.settings));

  it("an edit that is lost is found", async () => {
    expect(await play(story, new MemorySubject(story.text, story.settings))).toEqual([]);
    expect((await playOn(story)).join("\n")).toContain("skill_name of 2");
  });

  it("the story is made shorter, and told in plain words", async () => {
    const shortest = await shrink(story, async (each) => (await playOn(each)).length > 0);
    expect(shortest.steps).toEqual([story.steps[1]]);
    expect(tell(shortest)).toContain('In the file (rename), skill_name of 2 becomes "skill-99".');
  });
});

it.each(FAULTS.map((fault) => [fault.name, fault] as const))("the planted fault fits: %s", (_, fault) => {
  expect(withFault(readFileSync(fault.file, "utf8"), fault)).toContain(fault.to);
});
