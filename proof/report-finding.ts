import { execFileSync } from "node:child_process";
import type { Stage } from "./stage.ts";
import { shrink } from "./story/shrink.ts";
import type { Story } from "./story/step.ts";
import { tell } from "./story/tell.ts";

/** Findings that begin alike are of one kind. */
const KIND_LENGTH = 14;

/** Prints the shortest story that leads to the same kind of finding, and the command that plays it again. */
export async function reportFinding(story: Story, findings: readonly string[], stage: Stage): Promise<void> {
  const kind = kindOf(findings);
  console.log(`Found something with seed ${story.seed} (${stage.level}); looking for the shortest story ...`);
  const shortest = await shrink(story, async (shorter) => kindOf(await stage.play(shorter)) === kind);
  console.log(tell(shortest));
  console.log("");
  for (const finding of await stage.play(shortest)) console.log(`- ${finding}`);
  console.log(
    `\nAgain, at commit ${commit()}: npm run proof -- --replay ${story.seed} --level ${stage.level}`,
  );
}

function kindOf(findings: readonly string[]): string | undefined {
  return findings[0]?.slice(0, KIND_LENGTH);
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "(not in git)";
  }
}
