import type { Stage } from "./stage.ts";
import { writeStory } from "./story/write-story.ts";

export interface Sample {
  /** The first seed; the next stories have the seeds after it. */
  seed: number;
  /** The most stories, and the most milliseconds. */
  stories: number;
  ms: number;
}

export interface Played {
  /** Stories in which nothing was found. */
  clean: number;
  /** Null when nothing was found. */
  found: { seed: number; findings: string[] } | null;
}

/** Plays the stories of consecutive seeds until one has a finding, or their number or the time is used up. */
export async function playUntilFound(
  stage: Stage,
  { seed, stories, ms }: Sample,
  onClean: (clean: number) => void = () => undefined,
): Promise<Played> {
  const until = performance.now() + ms;
  let clean = 0;
  for (; clean < stories && performance.now() < until; onClean(++clean)) {
    const findings = await stage.play(writeStory(seed + clean, stage.level));
    if (findings.length > 0) return { clean, found: { seed: seed + clean, findings } };
  }
  return { clean, found: null };
}
