import { Coalescer } from "../../lib/coalescer.ts";
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
  // When the database is away, the deadline answers, or the next poll.
  private readonly looks = new Coalescer(() => this.look());
  private listening: Promise<unknown> | undefined;

  async wait(id: string, ms: number): Promise<RunAnswer | null> {
    this.listening ??= listen(
      [ANSWER_CHANNEL],
      () => this.looks.now(),
      () => this.looks.now(),
      "lockstep answers",
    ).catch(() => {
      this.listening = undefined; // polling serves until the next caller tries again
    });
    return new Promise((resolve) => {
      const poll = setInterval(() => this.looks.now(), POLL_MS);
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
      this.looks.now();
    });
  }

  private async look(): Promise<void> {
    if (this.waiters.size === 0) return;
    const answers = await readAnswers(pool(), [...new Set([...this.waiters].map(({ id }) => id))]);
    for (const waiter of [...this.waiters]) {
      const answer = answers.get(waiter.id);
      if (answer) waiter.answer(answer);
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
