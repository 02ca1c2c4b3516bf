import type { FileAuthor } from "../../../lib/audit/file-author.ts";
import type { PlanItem, SideTask } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { changedKeys } from "../../../lib/yaml/changed-keys.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import type { EarlierText, TextAround } from "../../../lib/yaml/earlier-text.ts";
import { fileAuthor } from "../../git/file-author.ts";
import type { Announce, MayWrite, SideEdit, Snapshot } from "../endpoint.ts";
import { editDocument } from "../schedule-text/edit-document.ts";
import type { LateSaves } from "./late-saves.ts";
import { recall, textAround } from "../schedule-text/recall.ts";
import { ScheduleTasks } from "../schedule-text/schedule-tasks.ts";
import type { FileSnapshot } from "./snapshot.ts";
import type { Settling } from "./settling.ts";
import { writeSchedule } from "./write-schedule.ts";

/** What all readings of one file share. */
export interface FileSurroundings {
  /** Folder of the kept versions. */
  backups: string;
  settling: Settling;
  late: LateSaves;
}

/** A reading of the file, as runs see it. */
export class YamlSnapshot implements Snapshot {
  readonly tasks: ScheduleTasks;

  constructor(
    readonly file: FileSnapshot,
    private readonly around: FileSurroundings,
  ) {
    this.tasks = new ScheduleTasks(file.document, file.modifiedAt);
  }

  get revision() {
    return this.file.revision;
  }

  get size() {
    return this.file.bytes.length;
  }

  get modifiedAt() {
    return this.file.modifiedAt;
  }

  get problems() {
    return this.around.late.problemsOf(this.file);
  }

  settlesIn(before: Snapshot | undefined): number {
    return this.around.settling.settlesIn(
      this.file,
      before instanceof YamlSnapshot ? before.file : undefined,
    );
  }

  changedSince(earlier: Snapshot): Set<TaskKey> {
    if (earlier instanceof YamlSnapshot) return changedKeys(earlier.file.document, this.file.document);
    return new Set([...earlier.tasks.keys(), ...this.tasks.keys()]);
  }

  async edit(items: readonly PlanItem[], at: Date, earlier?: EarlierText): Promise<SideEdit> {
    const { document, refused } = await editDocument(this.file.document, items, at, earlier);
    if (document === null) return { tasks: this.tasks, refused, write: null };
    return {
      tasks: new ScheduleTasks(document, this.modifiedAt),
      refused,
      write: async (announce, mayWrite) => {
        const written = await this.write(document, announce, mayWrite);
        await this.around.late.wrote(this.file, written.file, { items, at, earlier });
        return written;
      },
    };
  }

  recall(earlier: EarlierText, keys?: ReadonlySet<TaskKey>): Promise<Map<TaskKey, SideTask | undefined>> {
    return recall(this.tasks, earlier, this.modifiedAt, keys);
  }

  textAround(earlier: Snapshot, changed: ReadonlySet<TaskKey>): TextAround {
    if (!(earlier instanceof YamlSnapshot)) return { seams: [], reworded: {}, metadata: {} };
    return textAround(earlier.file.document, this.file.document, changed);
  }

  private async write(
    document: ScheduleDocument,
    announce: Announce,
    mayWrite: MayWrite,
  ): Promise<YamlSnapshot> {
    const { backups, settling } = this.around;
    const file = await writeSchedule(this.file, document, backups, announce, mayWrite);
    settling.wrote(file.revision);
    return new YamlSnapshot(file, this.around);
  }

  author(): Promise<FileAuthor> {
    return fileAuthor(this.file.realPath, this.file.bytes);
  }
}
