import type { SideTask } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import { taskAt } from "../../../lib/yaml/task-at.ts";
import { taskTexts } from "../../../lib/yaml/task-text.ts";
import type { SideTasks, TaskLines } from "../endpoint.ts";

/** The tasks of a YAML text, as runs see them. */
export class ScheduleTasks implements SideTasks {
  private texts: ReturnType<typeof taskTexts> | undefined;

  /** @param modifiedAt when the text was last changed: the stamp of tasks that have none of their own. */
  constructor(
    readonly document: ScheduleDocument,
    private readonly modifiedAt: string,
  ) {}

  get size() {
    return this.document.size;
  }

  get problems() {
    return this.document.problems;
  }

  get held() {
    return this.document.held;
  }

  get everyItemIdentified() {
    return this.document.everyItemIdentified;
  }

  keys(): Iterable<TaskKey> {
    return this.document.keys();
  }

  has(key: TaskKey): boolean {
    return this.document.has(key);
  }

  fingerprintOf(key: TaskKey): string | undefined {
    return this.document.fingerprintOf(key);
  }

  task(key: TaskKey): SideTask | undefined {
    const found = taskAt(this.document, key);
    return found && { task: found.task, present: found.present, changedAt: this.modifiedAt };
  }

  text(key: TaskKey): TaskLines | undefined {
    this.texts ??= taskTexts(this.document);
    return this.texts(key);
  }
}
