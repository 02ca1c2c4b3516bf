import { setTimeout as delay } from "node:timers/promises";
import { MemorySubject } from "./memory/memory-subject.ts";
import { play } from "./play/play.ts";
import type { Subject } from "./play/subject.ts";
import { RealSubject } from "./real/real-subject.ts";
import { openWorld, type World } from "./real/world.ts";
import type { Story } from "./story/step.ts";
import { type Level, writeStory } from "./story/write-story.ts";

export interface Server {
  url: string;
  templateDatabase: string;
}

/** A database that has held this many stories is left for a fresh one between two of them, so that each costs the same. */
const STORIES_A_WORLD = 100;
/** In a crowd, stories of this many other sources are played at the same time in the same database. */
const COMPANIONS = 2;
/** From the seed of a story to those of its companions: further than anybody counts. */
const FAR = 1_000_000_000;
/** A story takes a fraction of a second; one that takes this long will not end. */
const LONGEST_MS = 60_000;

/** Where stories are played: gives each a subject of its own, and takes it down. */
export class Stage {
  private world: World | null = null;
  private played = 0;

  constructor(
    readonly level: Level,
    private readonly server: Server | null,
  ) {}

  /** @returns what was found; an error of the engine's is a finding too. */
  async play(story: Story): Promise<string[]> {
    const stories = [story, ...this.companionsOf(story)];
    const subjects: Subject[] = [];
    // One after the other, as the first may need a fresh database.
    for (const each of stories) subjects.push(await this.open(each));
    const findings = await Promise.all(stories.map((each, i) => this.playOn(subjects[i]!, each)));
    return findings.flatMap((found, i) =>
      i === 0 ? found : found.map((finding) => `in source ${i} beside it: ${finding}`),
    );
  }

  private companionsOf({ seed }: Story): Story[] {
    if (this.level !== "crowd") return [];
    return Array.from({ length: COMPANIONS }, (_, i) => writeStory(seed * COMPANIONS + i + FAR, "real"));
  }

  private async playOn(subject: Subject, story: Story): Promise<string[]> {
    const tooLong = new AbortController();
    try {
      return await Promise.race([
        play(story, subject),
        delay(LONGEST_MS, ["the story does not end"], { signal: tooLong.signal }),
      ]);
    } catch (error) {
      return [`an error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    } finally {
      tooLong.abort();
      await subject.close();
    }
  }

  async close(): Promise<void> {
    await this.world?.close();
    this.world = null;
  }

  private async open(story: Story): Promise<Subject> {
    if (this.level === "memory") return new MemorySubject(story.text, story.settings);
    if (this.played % (STORIES_A_WORLD * (1 + COMPANIONS)) === 0) await this.close();
    if (!this.server) throw new Error("the real level needs a PostgreSQL");
    this.world ??= await openWorld(this.server);
    await this.world.enter();
    return RealSubject.open(this.world, `story-${++this.played}`, story, this.level === "crowd");
  }
}
