import type { FileAuthor } from "../../../lib/audit/file-author.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { changedKeys } from "../../../lib/yaml/changed-keys.ts";
import { fileAuthor } from "../../git/file-author.ts";
import type { SideEdit, Snapshot } from "../endpoint.ts";
import { editDocument } from "./edit-document.ts";
import { ScheduleTasks } from "./schedule-tasks.ts";
import type { FileSnapshot } from "./snapshot.ts";
import { writeSchedule } from "./write-schedule.ts";

/** A reading of the file, as runs see it. */
export class YamlSnapshot implements Snapshot {
  readonly tasks: ScheduleTasks;

  /** @param backups folder of the kept versions. */
  constructor(
    readonly file: FileSnapshot,
    private readonly backups: string,
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

  changedSince(earlier: Snapshot): Set<TaskKey> {
    if (earlier instanceof YamlSnapshot) return changedKeys(earlier.file.document, this.file.document);
    return new Set([...earlier.tasks.keys(), ...this.tasks.keys()]);
  }

  async edit(items: readonly PlanItem[], at: Date): Promise<SideEdit> {
    const { document, refused } = await editDocument(this.file.document, items, at);
    if (document === null) return { tasks: this.tasks, refused, write: null };
    return {
      tasks: new ScheduleTasks(document, this.modifiedAt),
      refused,
      write: async (announce) =>
        new YamlSnapshot(await writeSchedule(this.file, document, this.backups, announce), this.backups),
    };
  }

  author(): Promise<FileAuthor> {
    return fileAuthor(this.file.realPath, this.file.bytes);
  }
}
