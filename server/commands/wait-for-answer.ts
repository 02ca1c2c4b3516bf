import type { RunAnswer } from "../../lib/protocol/run-request.ts";
import { listen } from "../store/listen.ts";
import { pool } from "../store/pool.ts";
import { ANSWER_CHANNEL, readAnswers } from "../store/requests.ts";

/** Besides listening: a notification can be lost with its connection. */
const POLL_MS = 500;

interface Waiter {
  id: string;
  answer(answer: RunAnswer | null): void;
}

/** All who wait in this process, answered by one query however many they are. */
class AnswerDesk {
  private readonly waiters = new Set<Waiter>();
  private looking = false;
  private again = false;
  private listening: Promise<unknown> | undefined;

  async wait(id: string, ms: number): Promise<RunAnswer | null> {
    this.listening ??= listen(
      [ANSWER_CHANNEL],
      () => void this.look(),
      () => void this.look(),
      "lockstep answers",
    ).catch(() => {
      this.listening = undefined; // polling serves until the next caller tries again
    });
    return new Promise((resolve) => {
      const poll = setInterval(() => void this.look(), POLL_MS);
      const deadline = setTimeout(() => waiter.answer(null), ms);
      const waiter: Waiter = {
        id,
        answer: (answer) => {
          clearInterval(poll);
          clearTimeout(deadline);
          this.waiters.delete(waiter);
          resolve(answer);
        },
      };
      this.waiters.add(waiter);
      void this.look();
    });
  }

  private async look(): Promise<void> {
    this.again = true;
    if (this.looking) return;
    this.looking = true;
    try {
      while (this.again && this.waiters.size > 0) {
        this.again = false;
        const answers = await readAnswers(pool(), [...new Set([...this.waiters].map((waiter) => waiter.id))]);
        for (const waiter of [...this.waiters]) {
          const answer = answers.get(waiter.id);
          if (answer) waiter.answer(answer);
        }
      }
    } catch {
      // The database is away: the deadline answers, or the next poll.
    } finally {
      this.looking = false;
    }
  }
}

const KEY = Symbol.for("lockstep.answers");
const holder = globalThis as { [KEY]?: AnswerDesk };

/**
 * The answer to a request, as soon as the run that gives it has committed.
 * @returns null when `ms` milliseconds have passed without one.
 */
export function waitForAnswer(id: string, ms: number): Promise<RunAnswer | null> {
  holder[KEY] ??= new AnswerDesk();
  return holder[KEY].wait(id, ms);
}
