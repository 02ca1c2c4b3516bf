import type { JsonMap } from "../../lib/json.ts";
import { parseTask } from "../../lib/task/schema.ts";
import { type Task, taskKey, toPlain } from "../../lib/task/task.ts";
import { MemoryEndpoint } from "../../server/endpoints/memory/memory-endpoint.ts";
import { EndpointChanged } from "../../server/endpoints/errors.ts";
import { leavesOf } from "../model/leaves.ts";
import { ADA, type History } from "../model/told.ts";
import type { Hook, OpenConflict, RowChange, RunAsk, RunReport, Subject } from "../play/subject.ts";
import type { RowManner, Settings } from "../story/step.ts";
import { withLeaf } from "../story/values.ts";
import { Again, attempt } from "./engine.ts";
import { emptyStore } from "./store.ts";

class Crash extends Error {}

/** Attempts of one run; more would mean that it never ends. */
const MOST_ATTEMPTS = 20;

/** The pure code of the engine on a file and a store in memory. */
export class MemorySubject implements Subject {
  readonly level = "memory";
  private now = Date.UTC(2026, 2, 1);
  private readonly endpoint: MemoryEndpoint;
  private readonly state = { store: emptyStore(), locked: new Set<string>() as ReadonlySet<string> };
  private readonly workers = [freshMemory(), freshMemory()] as const;
  private readonly held = new Set<string>();
  private edits = 0;

  constructor(
    text: string,
    private readonly settings: Settings,
  ) {
    this.endpoint = new MemoryEndpoint(text, () => new Date(this.now));
  }

  async text(): Promise<string> {
    return this.endpoint.content ?? "";
  }

  async save(text: string): Promise<void> {
    this.endpoint.write(text);
  }

  async rows() {
    return new Map([...this.state.store.rows].map(([key, task]) => [key, leavesOf(toPlain(task))]));
  }

  async change(change: RowChange, how: RowManner): Promise<"done" | "busy" | "refused"> {
    const { rows, outbox } = this.state.store;
    const keys = change.kind === "set all" ? [...rows.keys()] : [change.task];
    if (keys.some((key) => this.state.locked.has(key) || this.held.has(key))) return "busy";
    for (const key of keys) {
      const after = changed(rows.get(key), change);
      if (after === undefined) return "refused";
      if (after === null) rows.delete(key);
      else rows.set(key, { ...after, updated_at: new Date(this.now).toISOString() });
      outbox.push({ id: ++this.edits, task: key, actor: how === "sql" ? "sql:someone" : "ada" });
    }
    return "done";
  }

  async run(ask: RunAsk, worker: 0 | 1, hook: Hook | null): Promise<RunReport> {
    if (ask.kind === "restore") await this.endpoint.versions.restore(ask.version, undefined, () => true);
    let pending = hook;
    const memory = this.workers[worker];
    for (let n = 0; n < MOST_ATTEMPTS; n++) {
      try {
        return await attempt({
          ask,
          settings: this.settings,
          endpoint: this.endpoint,
          held: this.held,
          memory,
          now: this.now,
          state: this.state,
          point: async (at) => {
            if (pending?.at !== at) return;
            const { what, meanwhile } = pending;
            pending = null;
            if (what !== "meanwhile") throw new Crash();
            await meanwhile?.();
          },
        });
      } catch (error) {
        if (error instanceof Crash) {
          await this.restart(worker);
          return { outcome: "crashed", run: null, planHash: null, changed: 0, problems: [] };
        }
        if (!(error instanceof Again || error instanceof EndpointChanged)) throw error;
      } finally {
        this.state.locked = new Set();
      }
    }
    throw new Error("a run begins anew without an end");
  }

  async conflicts(): Promise<OpenConflict[]> {
    return [...this.state.store.conflicts].map(([task, { id, conflict }]) => ({
      id,
      task,
      revision: conflict.revision,
      fields: conflict.fields,
    }));
  }

  async changingRuns() {
    return this.state.store.runs
      .filter(({ changes }) => changes.length > 0)
      .map(({ id, changes }) => ({ id, tasks: changes.map(({ task_id }) => task_id) }))
      .reverse();
  }

  async versions() {
    const kept = await this.endpoint.versions.list();
    const texts = kept.map(async ({ name }) => ({
      name,
      text: (await this.endpoint.versions.readText(name)) ?? "",
    }));
    return Promise.all(texts);
  }

  fault(what: "unwritable" | "unreadable", on: boolean): void {
    this.endpoint[what] = on ? "the disk does not answer" : null;
  }

  async hold(task: string): Promise<boolean> {
    if (!this.state.store.rows.has(task)) return false;
    this.held.add(task);
    return true;
  }

  async letGo(): Promise<void> {
    this.held.clear();
  }

  async restart(worker: 0 | 1): Promise<void> {
    Object.assign(this.workers[worker], freshMemory());
  }

  later(ms: number): void {
    this.now += ms;
  }

  async history(): Promise<History> {
    const { runs, conflicts } = this.state.store;
    const decided = runs.flatMap(({ resolved }) =>
      resolved.map(({ id = "", choice = null, task_id, file, database }) => ({
        id,
        task: task_id,
        file: file && leavesOf(file),
        database: database && leavesOf(database),
        choice,
        by: choice && ADA,
      })),
    );
    const undecided = [...conflicts.values(), ...this.state.store.closed].map(
      ({ id, conflict: { key, file, database } }) => ({
        id,
        task: key,
        file: file && leavesOf(toPlain(file)),
        database: database && leavesOf(toPlain(database)),
        choice: null,
        by: null,
      }),
    );
    const changes = runs.flatMap((run) =>
      run.changes.map(({ task_id, sides, before, after }) => ({
        task: task_id,
        kind: "run" as const,
        by: "file",
        sides,
        before: leavesIn(before),
        after: leavesIn(after),
      })),
    );
    const undone = new Set(runs.flatMap(({ reverts }) => reverts ?? []));
    return { changes, conflicts: [...decided, ...undecided], undone, tellsRows: false };
  }

  async pending() {
    return new Map<string, string>(this.state.store.pending);
  }

  async close(): Promise<void> {}
}

function leavesIn(told: string | null) {
  return told === null ? null : leavesOf(JSON.parse(told) as JsonMap);
}

function freshMemory() {
  return { snapshot: undefined, absentIn: undefined };
}

/** The row after the change; null: deleted, undefined: there is nothing to change, or it would be no task. */
function changed(row: Task | undefined, change: RowChange): Task | null | undefined {
  if (change.kind === "create") return row ? undefined : parsed(change.plain);
  if (!row) return undefined;
  if (change.kind === "delete") return null;
  const after = parsed(withLeaf(toPlain(row), change.leaf, change.value));
  return after && taskKey(after.id) === taskKey(row.id) ? after : undefined;
}

function parsed(plain: JsonMap): Task | undefined {
  const read = parseTask(plain);
  return read.ok ? read.task : undefined;
}
