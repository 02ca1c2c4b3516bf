import type { Choice, Direction, FieldChoice, Side } from "../../lib/sync/types.ts";
import { GONE } from "../model/leaves.ts";
import type { Model, Moment } from "../model/model.ts";
import type { Edit, Point, Settings, Step } from "../story/step.ts";
import type { People } from "./people.ts";
import { putBack, shownVersions, type Then } from "./undo.ts";
import type { Hook, RunAsk, RunReport, Subject } from "./subject.ts";

/** What a story's runs did, and what they may have done. */
export class Runs {
  readonly findings: string[] = [];
  /** Both sides before and after each run, for those who undo it. */
  private readonly history = new Map<string, Then>();
  /** Faults that are on: while one is, a run may fail. */
  readonly faults = new Set<string>();
  /** Whether the source is in the list of sources; one that is not has no runs. */
  isListed = true;
  /**
   * A run was killed after it had written the file. Where the file's task is edited before the next run, what that
   * run wrote counts as an edit of the file too (SPEC, 4).
   */
  private killedLate = false;
  /** The tasks that were in conflict when the last run began. */
  private disputed = new Set<string>();
  /** The origins of forced runs that were asked for, until one has run to its end. */
  private readonly forced = new Set<Side>();

  constructor(
    private readonly subject: Subject,
    private readonly model: Model,
    private readonly people: People,
    private readonly settings: Settings,
  ) {}

  async sync(step: Step & { do: "run" }): Promise<RunReport> {
    const { trigger, direction, force, worker, disturb } = step;
    const hook =
      disturb && this.hookOf(disturb.at, disturb.what, disturb.what === "meanwhile" ? disturb.edits : []);
    const ask: RunAsk = { kind: "sync", trigger, direction, force };
    return this.run(ask, worker, hook ?? null);
  }

  /** Confirms the deletions that stopped a run, as an admin who has looked at them. */
  async confirm({ planHash }: RunReport): Promise<RunReport> {
    const confirm = planHash ?? "";
    return this.run({ kind: "sync", trigger: "manual", direction: "bidirectional", confirm }, 0, null);
  }

  async resolve(
    which: number,
    choice: Choice,
    fields: Record<string, FieldChoice>,
    crash?: Point,
  ): Promise<void> {
    await this.people.look();
    const conflict = (await this.subject.conflicts()).at(-1 - which);
    if (!conflict) return;
    const chosen = Object.fromEntries(
      Object.entries(fields).filter(([name]) => conflict.fields.includes(name)),
    );
    const ask: RunAsk = { kind: "resolution", conflict, choice, fields: chosen };
    await this.untilAnswered(ask, crash, async (before, isDone) => {
      // The conflict may have ended by itself before it was decided.
      if (!isDone && this.model.missing(conflict.task).length === 0) return;
      const open = await this.subject.conflicts();
      // By time stamps, whole tasks are compared and taken (SPEC, 20).
      if (this.settings.strategy === "timestamp") return;
      if (open.some(({ id }) => id === conflict.id)) return;
      if (isDone) this.model.told.decided(conflict.id, choice);
      if (!this.agreeOn(conflict.task)) return;
      this.findings.push(...this.model.decided(conflict.task, before, { choice, fields: chosen }));
    });
  }

  async undo(which: number, crash?: Point): Promise<void> {
    await this.people.look();
    const runs = await this.subject.changingRuns();
    const run = runs[which];
    const then = run && this.history.get(run.id);
    if (!run || !then) return;
    const shown = shownVersions(this.model, run.tasks);
    this.people.undoing = run.tasks;
    await this.untilAnswered({ kind: "undo", run: run.id }, crash, async (before, isDone) => {
      const conflicts = new Map((await this.subject.conflicts()).map(({ task, fields }) => [task, fields]));
      if (isDone) this.model.told.undid(run.id);
      this.findings.push(...putBack(this.model, { tasks: run.tasks, before, then, shown, conflicts }));
    });
    this.people.undoing = [];
  }

  /** Who asked waits for the answer, also when the process died meanwhile. */
  private async untilAnswered(
    ask: RunAsk,
    crash: Point | undefined,
    judge: (before: Moment, isDone: boolean) => Promise<void>,
  ): Promise<void> {
    const before = this.model.moment;
    const first = await this.run(ask, 0, this.hookOf(crash, "crash"), {
      judge: async ({ refused, outcome }) =>
        refused ? undefined : judge(before, outcome === "succeeded" || outcome === "conflicted"),
    });
    if (first.outcome !== "crashed") return;
    // A request outlives the process that was killed over it, and so does what that process has committed.
    const waits = this.subject.level === "real" || crash === "run committed";
    const again: RunAsk = waits ? { kind: "sync", trigger: "manual" } : ask;
    await this.run(again, 0, null, { judge: () => judge(before, false) });
  }

  async restore(which: number): Promise<void> {
    await this.people.look();
    const version = (await this.subject.versions())[which];
    if (!version || this.faults.size > 0) return;
    const ask: RunAsk = { kind: "restore", version: version.name, seen: this.people.seen };
    await this.run(ask, 0, null, { restored: version.text });
  }

  /** One run, with all that the model has to hear of it. */
  private async run(
    ask: RunAsk,
    worker: 0 | 1,
    hook: Hook | null,
    { restored, judge }: { restored?: string; judge?: (report: RunReport) => Promise<void> } = {},
  ): Promise<RunReport> {
    await this.people.look();
    if (ask.kind !== "sync") this.model.told.isAsked = true;
    this.disputed = new Set((await this.subject.conflicts()).map(({ task }) => task));
    const agreed = this.model.agreed();
    let [before, from] = [this.model.moment, this.model.counts()];
    // Half a file can be no YAML at all.
    const mayFail =
      hook?.what === "lose connection" || this.subject.isSaving?.() === true || this.faults.size > 0;
    const report = await this.subject.run(ask, worker, hook);
    // An edit of a row that was carried first has changed the file, and then nothing is put in its place.
    if (restored !== undefined && report.outcome !== "refused") {
      this.people.restored(restored);
      [before, from] = [this.model.moment, this.model.counts()];
    }
    await this.people.look();
    if (report.run !== null)
      this.history.set(report.run, {
        before,
        after: this.model.moment,
        agreed,
        from,
        to: this.model.counts(),
      });
    const killedAt = report.outcome === "crashed" ? hook?.at : undefined;
    const succeeded = report.outcome === "succeeded" || report.outcome === "conflicted";
    // A worker whose connection broke while it looked whether anything is to be done has had no run.
    const hadNone = report.outcome === "nothing" || (report.outcome === "failed" && report.run === null);
    if (!this.isListed && !hadNone && !killedAt)
      this.findings.push("a source that has left the list of sources had a run");
    if (report.outcome === "failed" && !mayFail)
      this.findings.push(`a run failed without a fault: ${report.problems.join("; ")}`);
    if (!killedAt) await judge?.(report);
    if (hook && endsAfterFile(hook) && !succeeded) this.killedLate = true;
    if (this.killedLate) this.model.told.isKilledLate = true;
    // A request that waited may have had a run before the forced one, in which the policy decided whole tasks.
    const disputed = this.model.names().filter((task) => this.model.isDisputed(task));
    this.allowForced(ask, report);
    // What a run that was killed has begun is judged when it is finished.
    if (!killedAt) this.allowPolicy(disputed, before);
    // What was edited in the middle of a run need not have been seen by it.
    const seesAll = hook?.what !== "meanwhile";
    if (succeeded || killedAt === "run committed")
      this.model.agree(await this.waiting(), seesAll ? null : from);
    if (succeeded && seesAll) this.people.runHasSeen();
    // The one who asked for the run that was killed comes first.
    if (!killedAt) await this.people.tryAgain();
    return report;
  }

  /** Tasks of which nothing new was agreed. What waits only for its direction is agreed in its other fields. */
  private async waiting(): Promise<Set<string>> {
    const pending = [...(await this.subject.pending())];
    return new Set(pending.filter(([, reason]) => reason !== "direction").map(([task]) => task));
  }

  private hookOf(at: Point | undefined, what: Hook["what"], edits: readonly Edit[] = []): Hook | null {
    if (at === undefined) return null;
    const meanwhile = async () => {
      for (const edit of edits) await this.people.edit(edit);
    };
    return { at, what, meanwhile };
  }

  private agreeOn(task: string): boolean {
    return [...this.model.of(task).values()].every(({ shown }) => shown.file.value === shown.database.value);
  }

  /** What the policy decided at once counts as chosen, where it follows the policy. */
  private allowPolicy(disputed: readonly string[], before: Moment): void {
    const { policy: choice, strategy } = this.settings;
    if (choice === "ask" || strategy === "timestamp") return;
    for (const task of disputed) {
      if (this.model.missing(task).length === 0 || !this.agreeOn(task)) continue;
      this.findings.push(...this.model.decided(task, before, { choice, fields: {} }));
    }
  }

  /** In a forced run its origin wins what is in conflict, and what the other side has deleted comes back. */
  private allowForced(ask: RunAsk, { outcome }: RunReport): void {
    const forced = ask.kind === "sync" && ask.force ? originOf(ask.direction) : null;
    if (forced) this.forced.add(forced);
    for (const origin of this.forced) this.allowForcedBy(origin);
    if (outcome === "succeeded") this.people.hasGoneBack = false;
    // A request outlives the process that was killed over it.
    if (
      this.subject.level === "memory" ||
      (outcome !== "crashed" && outcome !== "nothing" && outcome !== "failed")
    )
      this.forced.clear();
  }

  private allowForcedBy(origin: Side): void {
    for (const task of this.model.names()) {
      for (const { leaf, version } of this.model.missing(task)) {
        const versions = this.model.of(task).get(leaf);
        if (!versions || version.side === origin) continue;
        // An older text that came back takes nothing back unseen, so what it says may be in conflict.
        const { hasGoneBack } = this.people;
        const isDecided = versions.disputed || this.disputed.has(task) || this.killedLate || hasGoneBack;
        if (version.value === GONE || isDecided) version.replaced = true;
      }
    }
  }
}

/** Whether the run may end between its write of the file and its commit; it sees lost connections at the next query. */
function endsAfterFile({ at, what }: Hook): boolean {
  const after = at === "file written" || at === "run saved";
  return what === "crash" ? after : what === "lose connection" && (after || at === "intent saved");
}

function originOf(direction: Direction | undefined): Side | null {
  if (direction === "file_to_database") return "file";
  return direction === "database_to_file" ? "database" : null;
}
