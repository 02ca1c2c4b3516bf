import { createHash } from "node:crypto";
import type { FileAuthor } from "../../../lib/audit/file-author.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { FileJson } from "../../../lib/protocol/file.ts";
import type { PlanItem, SideTask } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { changedKeys } from "../../../lib/yaml/changed-keys.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { EarlierText, TextAround } from "../../../lib/yaml/earlier-text.ts";
import { readSchedule } from "../../../lib/yaml/read.ts";
import { taskLines } from "../../../lib/yaml/task-lines.ts";
import type {
  Announce,
  Endpoint,
  EndpointRead,
  MayWrite,
  SideEdit,
  Snapshot,
  Versions,
  Watch,
} from "../endpoint.ts";
import { EndpointChanged, EndpointMovedOn, EndpointTaken, EndpointUnwritable } from "../errors.ts";
import { editDocument } from "../schedule-text/edit-document.ts";
import { recall, textAround } from "../schedule-text/recall.ts";
import { ScheduleTasks } from "../schedule-text/schedule-tasks.ts";

/**
 * Tasks in a YAML text that is held in memory: the port without a file system, for tests and simulations.
 * `write` is another person's edit; `unreadable` and `unwritable` make the next calls fail in these words.
 */
export class MemoryEndpoint implements Endpoint {
  /** It stands for a file. */
  readonly kind = "yaml-file";
  readonly place = "memory";
  unreadable: string | null = null;
  unwritable: string | null = null;
  private text: string | null;
  private modifiedAt: string;
  private readonly watchers = new Set<() => void>();
  private readonly kept: { name: string; at: string; text: string }[] = [];

  /** @param now gives the present moment. */
  constructor(
    text: string | null,
    private readonly now: () => Date,
  ) {
    this.text = text;
    this.modifiedAt = now().toISOString();
  }

  /** The text as it is; null: the side is gone. */
  get content(): string | null {
    return this.text;
  }

  /** Replaces the text as an editor would; null: the side is gone. */
  write(text: string | null): void {
    this.text = text;
    this.modifiedAt = this.now().toISOString();
    for (const onChange of this.watchers) onChange();
  }

  async read(previous?: Snapshot): Promise<EndpointRead> {
    if (this.unreadable !== null) return unreadable("file_unreadable", this.unreadable);
    const { text, modifiedAt } = this;
    if (text === null) return unreadable("file_missing", "there is no text");
    const revision = revisionOf(text);
    if (previous instanceof MemorySnapshot && previous.revision === revision) {
      return { ok: true, snapshot: previous };
    }
    const before = previous instanceof MemorySnapshot ? previous.tasks.document : undefined;
    const document = readSchedule(text, before);
    const size = Buffer.byteLength(text);
    if (document.fatal) return { ok: false, problem: document.fatal, revision, size, modifiedAt };
    return { ok: true, snapshot: new MemorySnapshot(this, document, modifiedAt) };
  }

  async view(previous?: Snapshot): Promise<FileJson> {
    const read = await this.read(previous);
    const about = { path: this.place, text: this.text };
    if (!read.ok) return { ...about, revision: read.revision, tasks: [], problems: [read.problem] };
    const { revision, tasks } = read.snapshot;
    return {
      ...about,
      revision,
      tasks: taskLines(readSchedule(this.text ?? "")),
      problems: tasks.problems,
    };
  }

  readonly versions: Versions = {
    list: async () =>
      this.kept.map(({ name, at, text }) => ({ name, at, size: Buffer.byteLength(text) })).reverse(),
    readText: async (name) => this.kept.find((version) => version.name === name)?.text ?? null,
    restore: async (name, revision, mayWrite) => {
      const version = this.kept.find((each) => each.name === name);
      if (!version) return false;
      if (this.text === version.text) return true;
      const current = this.text === null ? null : revisionOf(this.text);
      if (revision !== undefined && current !== revision) throw new EndpointMovedOn(this.place);
      this.replace(version.text, mayWrite);
      return true;
    },
  };

  async watch(onChange: () => void): Promise<Watch> {
    this.watchers.add(onChange);
    return {
      close: async () => void this.watchers.delete(onChange),
      isAlive: () => this.watchers.has(onChange),
    };
  }

  async mend(): Promise<null> {
    return null;
  }

  async rejoin(): Promise<void> {}

  async removeLeftovers(): Promise<void> {}

  /** Writes our own text in place of `expected`. @throws {EndpointChanged} {EndpointTaken} {EndpointUnwritable} */
  async exchange(
    expected: string,
    wanted: ScheduleDocument,
    announce: Announce,
    mayWrite: MayWrite,
  ): Promise<MemorySnapshot> {
    if (this.unwritable !== null) throw new EndpointUnwritable(this.unwritable);
    if (this.text !== expected) throw new EndpointChanged(this.place);
    await announce(revisionOf(wanted.text));
    // Another writer may have come while the announcement was made.
    if (this.text !== expected) throw new EndpointChanged(this.place);
    this.replace(wanted.text, mayWrite);
    return new MemorySnapshot(this, wanted, this.modifiedAt);
  }

  private replace(text: string, mayWrite: MayWrite): void {
    if (!mayWrite()) throw new EndpointTaken(this.place);
    if (this.unwritable !== null) throw new EndpointUnwritable(this.unwritable);
    if (this.text !== null) {
      const at = this.now().toISOString();
      const name = `${at.replaceAll(":", "-")}-${this.kept.length + 1}.yml`;
      this.kept.push({ name, at, text: this.text });
    }
    this.write(text);
  }
}

class MemorySnapshot implements Snapshot {
  readonly revision: string;
  readonly size: number;
  readonly tasks: ScheduleTasks;
  readonly problems: Problem[] = [];

  constructor(
    private readonly endpoint: MemoryEndpoint,
    document: ScheduleDocument,
    readonly modifiedAt: string,
  ) {
    this.revision = revisionOf(document.text);
    this.size = Buffer.byteLength(document.text);
    this.tasks = new ScheduleTasks(document, modifiedAt);
  }

  /** A text in memory is always whole. */
  settlesIn(): number {
    return 0;
  }

  changedSince(earlier: Snapshot): Set<TaskKey> {
    if (earlier instanceof MemorySnapshot) return changedKeys(earlier.tasks.document, this.tasks.document);
    return new Set([...earlier.tasks.keys(), ...this.tasks.keys()]);
  }

  async edit(items: readonly PlanItem[], at: Date, earlier?: EarlierText): Promise<SideEdit> {
    const { document, refused } = await editDocument(this.tasks.document, items, at, earlier);
    if (document === null) return { tasks: this.tasks, refused, write: null };
    return {
      tasks: new ScheduleTasks(document, this.modifiedAt),
      refused,
      write: (announce, mayWrite) =>
        this.endpoint.exchange(this.tasks.document.text, document, announce, mayWrite),
    };
  }

  recall(earlier: EarlierText, keys?: ReadonlySet<TaskKey>): Promise<Map<TaskKey, SideTask | undefined>> {
    return recall(this.tasks, earlier, this.modifiedAt, keys);
  }

  textAround(earlier: Snapshot, changed: ReadonlySet<TaskKey>): TextAround {
    if (!(earlier instanceof MemorySnapshot)) return { seams: [], reworded: {}, metadata: {} };
    return textAround(earlier.tasks.document, this.tasks.document, changed);
  }

  async author(): Promise<FileAuthor> {
    return { state: "unversioned", modified_at: this.modifiedAt, owner: null };
  }
}

function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function unreadable(code: Problem["code"], message: string): EndpointRead {
  return { ok: false, problem: { code, message }, revision: null, size: null, modifiedAt: null };
}
