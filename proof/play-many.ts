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
  let played = 0;
  try {
    for (; played < histories && performance.now() - started < minutes * 60_000; played++) {
      const findings = await stage.play(writeStory(seed + played, level));
      if (findings.length > 0) {
        if (shrinks) await reportFinding(writeStory(seed + played, level), findings, stage);
        else console.log(`Found with seed ${seed + played} (${level}):`, findings[0]);
        return false;
      }
      if (performance.now() - told > REPORT_EVERY_MS) {
        told = performance.now();
        console.log(`${level}: ${played} histories, nothing found so far`);
      }
    }
  } finally {
    await stage.close();
  }
  const each = (performance.now() - started) / Math.max(1, played);
  console.log(
    `${level}: ${played} histories from seed ${seed}, nothing found; ${each.toFixed(1)} ms a history`,
  );
  return true;
}
