import { Coalescer } from "../../lib/coalescer.ts";
import type { RunAnswer } from "../../lib/run/request.ts";
import { listen } from "../store/listen.ts";
import { pool } from "../store/pool.ts";
import { ANSWER_CHANNEL, readAnswers } from "../store/requests.ts";

/** The interval of polling, which is needed besides listening because a notification is lost with its connection. */
const POLL_MS = 500;

interface Waiter {
  id: string;
  answer(answer: RunAnswer | null): void;
}

/** Collects all waiting requests of this process, so that one query answers them. */
class AnswerDesk {
  private readonly waiters = new Set<Waiter>();
  // While the database does not answer, the next poll or the deadline gives the answer.
  private readonly looks = new Coalescer(() => this.look());
  private listening: Promise<unknown> | undefined;

  async wait(id: string, ms: number): Promise<RunAnswer | null> {
    this.listening ??= listen(
      [ANSWER_CHANNEL],
      () => this.looks.now(),
      () => this.looks.now(),
      "lockstep answers",
    ).catch(() => {
      this.listening = undefined; // Polling is enough until the next caller tries to listen again.
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
 * Waits for the answer to a request, which comes when its run has committed.
 * @returns null when there was none within `ms` milliseconds.
 */
export function waitForAnswer(id: string, ms: number): Promise<RunAnswer | null> {
  holder[KEY] ??= new AnswerDesk();
  return holder[KEY].wait(id, ms);
}
