import { playUntilFound } from "./play-until-found.ts";
import { reportFinding } from "./report-finding.ts";
import { type Server, Stage } from "./stage.ts";
import { type Level, writeStory } from "./story/write-story.ts";

export interface Batch {
  seed: number;
  histories: number;
  minutes: number;
  level: Level;
  server: Server | null;
  /** Whether the shortest story is looked for, which takes as long as some hundred stories. */
  shrinks: boolean;
}

const REPORT_EVERY_MS = 30_000;

/**
 * Plays the stories of consecutive seeds until their number or the time is used up, and stops at the first
 * finding, which it shows in its shortest form.
 * @returns whether nothing was found.
 */
export async function playMany({
  seed,
  histories,
  minutes,
  level,
  server,
  shrinks,
}: Batch): Promise<boolean> {
  const stage = new Stage(level, server);
  const started = performance.now();
  let told = started;
  const tell = (clean: number) => {
    if (performance.now() - told < REPORT_EVERY_MS) return;
    told = performance.now();
    console.log(`${level}: ${clean} histories, nothing found so far`);
  };
  try {
    const sample = { seed, stories: histories, ms: minutes * 60_000 };
    const { clean, found } = await playUntilFound(stage, sample, tell);
    if (found) {
      if (shrinks) await reportFinding(writeStory(found.seed, level), found.findings, stage);
      else console.log(`Found with seed ${found.seed} (${level}):`, found.findings[0]);
      return false;
    }
    const each = (performance.now() - started) / Math.max(1, clean);
    console.log(
      `${level}: ${clean} histories from seed ${seed}, nothing found; ${each.toFixed(1)} ms a history`,
    );
    return true;
  } finally {
    await stage.close();
  }
}
