import type pg from "pg";
import type { Coalescer } from "../../lib/coalescer.ts";
import { changedTasks } from "../../lib/protocol/run.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { childrenOf } from "../../lib/source/graph.ts";
import type { Logger } from "../log.ts";
import { advanceRound } from "../rounds/advance-round.ts";
import { roundNodes, startRound } from "../rounds/start-round.ts";
import type { RunResult } from "../runs/current-run.ts";
import { listSourceSettings } from "../store/source-settings.ts";
import { inTransaction } from "../store/transaction.ts";
import { forEachTaken } from "./for-each-taken.ts";
import { patientCoalescer } from "./patient-coalescer.ts";

/** Advances rounds when runs of this worker end. Many ends at once are one step. */
export class RoundAdvancer {
  private readonly rounds = new Set<string>();
  private readonly cascades = new Set<string>();
  /** The runs that changed something, by source, as long as its dependents were not asked for. */
  private readonly changedIn = new Map<string, string[]>();
  private readonly coalescer: Coalescer;

  constructor(
    private readonly pool: pg.Pool,
    log: Logger,
  ) {
    this.coalescer = patientCoalescer(() => this.step(), log);
  }

  /** Called when a run has ended. */
  ran({ run, rounds = [] }: RunResult): void {
    for (const id of rounds) this.rounds.add(id);
    // Outside of rounds, a change also runs the dependents. A person who asks for one source decides about
    // its dependents.
    const alone = run && rounds.length === 0 && run.trigger !== "manual" && run.trigger !== "startup";
    if (alone && (run.outcome === "succeeded" || run.outcome === "conflicted") && changedTasks(run.counts)) {
      this.cascades.add(run.source);
      this.changedIn.set(run.source, [...(this.changedIn.get(run.source) ?? []), run.id]);
    }
    if (this.rounds.size + this.cascades.size > 0) this.coalescer.now();
  }

  close(): Promise<void> {
    return this.coalescer.close();
  }

  private async step(): Promise<void> {
    await forEachTaken(this.rounds, (id) => advanceRound(this.pool, id));
    await forEachTaken(this.cascades, (source) => this.cascade(source));
  }

  private async cascade(source: string): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      const stored = await listSourceSettings(tx);
      const nodes = roundNodes(stored);
      const parent = nodes.find(({ id }) => id === source);
      const on = new Set(nodes.filter(({ off }) => off === null).map(({ id }) => id));
      const wanted = (childrenOf(nodes).get(source) ?? []).filter((child) => on.has(child));
      const runs = this.changedIn.get(source) ?? [];
      this.changedIn.delete(source);
      if (!parent?.cascade_sync || wanted.length === 0) return;
      const collections = new Set(stored.filter(({ collection }) => collection).map(({ id }) => id));
      const request: RunRequest = { kind: "sync", changed_in: runs };
      await startRound(tx, {
        wanted,
        cascade: "settings",
        trigger: "schedule",
        requested_by: `cascade:${source}`,
        options: new Map(wanted.filter((id) => collections.has(id)).map((id) => [id, request])),
      });
    });
  }
}
