import { reportFinding } from "./report-finding.ts";
import { type Server, Stage } from "./stage.ts";
import { tell } from "./story/tell.ts";
import { type Level, writeStory } from "./story/write-story.ts";

/** Plays one seed's story again and tells it. @returns whether nothing was found. */
export async function replay(seed: number, level: Level, server: Server | null): Promise<boolean> {
  const stage = new Stage(level, server);
  const story = writeStory(seed, level);
  try {
    const findings = await stage.play(story);
    if (findings.length > 0) {
      await reportFinding(story, findings, stage);
      return false;
    }
    console.log(tell(story));
    console.log("\nNothing was found.");
    return true;
  } finally {
    await stage.close();
  }
}
