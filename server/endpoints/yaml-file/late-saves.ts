import { type FileHandle, open, stat } from "node:fs/promises";
import type { Problem } from "../../../lib/problem.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import { changedKeys } from "../../../lib/yaml/changed-keys.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { EarlierText } from "../../../lib/yaml/earlier-text.ts";
import type { MayWrite } from "../endpoint.ts";
import { EndpointChanged } from "../errors.ts";
import { keepVersion } from "./backups.ts";
import { editDocument } from "../schedule-text/edit-document.ts";
import { interpret } from "./read-file.ts";
import { Settling } from "./settling.ts";
import { changedAt, type FileIdentity, type FileRead, type FileSnapshot } from "./snapshot.ts";
import { writeSchedule } from "./write-schedule.ts";

/** A version that we have replaced is watched for this long. */
const WATCHED_MS = 30_000;
/** Of each file the last few, and fewer where they are large: they are kept in memory. */
const MOST_VERSIONS = 5;
const MOST_BYTES = 16 * 1024 * 1024;
/** A text that cannot be read counts as whole after this long. */
const UNREADABLE_MS = 5_000;

/** The plan's items that a write of ours has put into the file. */
interface OwnWrite {
  items: readonly PlanItem[];
  at: Date;
  /** The text of the tasks that got their lines back. */
  earlier: EarlierText | undefined;
}

interface ReplacedVersion {
  /** As we read it, and replaced it or put it into the file. */
  file: FileSnapshot;
  handle: FileHandle;
  /** Everything that was written to the file since. Null: another program has saved it as well. */
  writes: OwnWrite[] | null;
  /** When it was last looked at. */
  seen: Pick<FileIdentity, "size" | "mtimeNs">;
  settling: Settling;
  /** Ends the watch. */
  timer: NodeJS.Timeout;
}

/**
 * Saves that come too late: an editor had the file open while we put another in its place, and wrote on into the one
 * that was replaced. For some seconds these are watched, and what is still written there is a save of the
 * file. It is put into the file with our own edits since made anew on it. Where that is not possible without taking
 * one for the other, it is kept as a version and told.
 */
export class LateSaves {
  private replaced: ReplacedVersion[] = [];
  /** The file as we wrote it last, while any version is watched. */
  private last: FileSnapshot | undefined;
  /** What could not be put into the file, and the revision from which it is told on. */
  private told: { problem: Problem; revision: string | undefined } | undefined;

  constructor(
    private readonly backups: string,
    private readonly debounceMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** What could not be put into the file is told until the file is saved. */
  problemsOf({ revision }: FileSnapshot): Problem[] {
    if (!this.told) return [];
    this.told.revision ??= revision;
    if (this.told.revision !== revision) this.told = undefined;
    return this.told ? [this.told.problem] : [];
  }

  /** Our write has put `after` in the place of `before`. */
  async wrote(before: FileSnapshot, after: FileSnapshot, write: OwnWrite): Promise<void> {
    const alone = this.last?.revision === before.revision;
    for (const version of this.replaced)
      version.writes = alone && version.writes ? [...version.writes, write] : null;
    if (this.told?.revision === before.revision) this.told.revision = after.revision;
    if (this.replaced.length > 0) this.last = after;
    const handle = await open(`${after.realPath}.bak`, "r").catch(() => undefined);
    if (!handle) return;
    const { ino } = await handle.stat({ bigint: true });
    // A file that was written in place is still the same.
    if (ino !== before.identity.ino) return handle.close();
    this.last = after;
    const version: ReplacedVersion = {
      file: before,
      handle,
      writes: [write],
      seen: before.identity,
      settling: new Settling(this.debounceMs, this.now),
      timer: setTimeout(() => void this.leave(version), WATCHED_MS).unref(),
    };
    this.replaced.push(version);
    const bytes = () => this.replaced.reduce((sum, { file }) => sum + file.bytes.length, 0);
    while (this.replaced.length > MOST_VERSIONS || (this.replaced.length > 1 && bytes() > MOST_BYTES))
      await this.leave(this.replaced[0]);
  }

  /** Watches none of them any more. */
  async forget(): Promise<void> {
    for (const version of this.replaced) await this.leave(version);
    this.told = undefined;
  }

  /** Whether one of them has been written to since it was last looked at. */
  async changed(): Promise<boolean> {
    for (const version of this.replaced) if (await hasChanged(version)) return true;
    return false;
  }

  /**
   * Puts a late save into the file, or tells of it; nothing while it may not be whole.
   * @param prove is called before the file is touched.
   * @returns the revision of the file, where it was written.
   * @throws {EndpointTaken} {EndpointUnwritable} nothing was changed, and the next call tries again.
   */
  async rejoin(prove: () => Promise<MayWrite>): Promise<string | null> {
    for (const version of this.replaced) {
      if (!(await hasChanged(version))) continue;
      // It was put back in the file's place, where what is written to it is a save like any other.
      if (await isAt(version.file.realPath, version.file.identity)) {
        await this.leave(version);
        continue;
      }
      const late = await readVersion(version);
      if (!late || this.mayBeUnfinished(version, late)) continue;
      const isNew = [version.file, this.last].every((known) => !known?.bytes.equals(late.bytes));
      const done = isNew ? await this.putIntoFile(version, late.read, prove) : {};
      version.seen = late.identity;
      version.timer.refresh();
      if (done.why !== undefined) await this.tell(late.bytes, done.why);
      if (done.revision !== undefined) return done.revision;
    }
    return null;
  }

  private mayBeUnfinished(version: ReplacedVersion, { read, identity }: LateText): boolean {
    if (read.ok) return version.settling.settlesIn(read.snapshot, version.file) > 0;
    return this.now() - changedAt(identity) < UNREADABLE_MS;
  }

  /** @returns the file's revision afterwards, or why it was left alone. */
  private async putIntoFile(
    version: ReplacedVersion,
    late: FileRead,
    prove: () => Promise<MayWrite>,
  ): Promise<{ revision?: string; why?: string }> {
    if (!late.ok) return { why: `it cannot be read (${late.problem.message})` };
    const document = await withOurEdits(version, late.snapshot);
    if (typeof document === "string") return { why: document };
    if (!this.last) return { why: OTHERS };
    const mayWrite = await prove();
    const nothing = () => Promise.resolve();
    try {
      this.last = await writeSchedule(this.last, document, this.backups, nothing, mayWrite);
    } catch (error) {
      if (error instanceof EndpointChanged) return { why: OTHERS };
      throw error;
    }
    // Its writer may not have finished; what the others were made from is in the file no longer.
    for (const other of this.replaced) if (other !== version) await this.leave(other);
    version.file = late.snapshot;
    return { revision: this.last.revision };
  }

  private async tell(bytes: Buffer, why: string): Promise<void> {
    const name = await keepVersion(bytes, this.backups);
    const message =
      "A program had the file open while Lockstep wrote it, and then wrote on into the version that was replaced. " +
      `That text was not put into the file, because ${why}. It is kept as the version ${name}: copy from it what is ` +
      "missing, or restore it. This is told until the file is saved";
    this.told = { problem: { code: "late_save", message }, revision: undefined };
  }

  private async leave(version: ReplacedVersion | undefined): Promise<void> {
    if (!version) return;
    this.replaced = this.replaced.filter((each) => each !== version);
    if (this.replaced.length === 0) this.last = undefined;
    clearTimeout(version.timer);
    await version.handle.close();
  }
}

const OTHERS = "the file has been saved by another program since";

/** The late text with our edits since made on it, or why it cannot be had. */
async function withOurEdits(
  { file, writes }: ReplacedVersion,
  late: FileSnapshot,
): Promise<ScheduleDocument | string> {
  if (!writes) return OTHERS;
  // As after a writer that was killed half way.
  for (const key of file.document.keys()) if (!late.document.has(key)) return `task ${key} is not in it`;
  const theirs = changedKeys(file.document, late.document);
  let { document } = late;
  for (const { items, at, earlier } of writes) {
    const both = items.find((item) => item.file !== undefined && theirs.has(item.file?.renames ?? item.key));
    if (both) return `task ${both.key} has been edited on both sides`;
    const edited = await editDocument(document, items, at, earlier);
    const [refused] = edited.refused.values();
    if (refused) return refused.message;
    document = edited.document ?? document;
  }
  return document;
}

/** False where the watch has just ended. */
async function hasChanged({ handle, seen }: ReplacedVersion): Promise<boolean> {
  const now = await handle.stat({ bigint: true }).catch(() => seen);
  return now.size !== seen.size || now.mtimeNs !== seen.mtimeNs;
}

interface LateText {
  bytes: Buffer;
  identity: FileIdentity;
  read: FileRead;
}

/** Null when it is written to at this moment. */
async function readVersion({ handle, file }: ReplacedVersion): Promise<LateText | null> {
  const readAt = Date.now();
  const before = await handle.stat({ bigint: true });
  const bytes = Buffer.alloc(Number(before.size));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  const identity = await handle.stat({ bigint: true });
  if (bytesRead < bytes.length || identity.size !== before.size || identity.mtimeNs !== before.mtimeNs)
    return null;
  const read = await interpret(file.realPath, bytes, identity, readAt, file, () => undefined);
  return { bytes, identity, read };
}

async function isAt(path: string, { ino, dev }: FileIdentity): Promise<boolean> {
  const there = await stat(path, { bigint: true }).catch(() => undefined);
  return there?.ino === ino && there.dev === dev;
}
