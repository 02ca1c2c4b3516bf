import PQueue from "p-queue";
import type { JsonMap } from "../../../lib/json.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { EndpointChanged, EndpointUnwritable, type LeftByWrite } from "../errors.ts";
import { refused, type TaskChange } from "./change.ts";
import { type PlannedChange, type TaskWriter, writeTask } from "./write-task.ts";

/** What came of the changes. */
export interface WrittenChanges {
  /** The tasks that were written, as the other system has them now; null: not at all; undefined: it did not say. */
  done: Map<TaskKey, JsonMap | null | undefined>;
  left: Map<TaskKey, LeftByWrite>;
}

/** What is deleted makes room for what is created. */
const ORDER: readonly TaskChange["kind"][] = ["delete", "update", "create"];
/** After so many in a row that got no useful answer, the other system is taken to be down. */
const MOST_FAILURES = 3;

/**
 * Writes each task by itself, some at a time. One that the other system refuses is left out alone.
 * @throws {EndpointChanged} when one of them was changed there meanwhile, after the others were written.
 * @throws {EndpointUnwritable} when nothing could be written.
 * @throws {EndpointTaken}
 */
export async function writeChanges(
  writer: TaskWriter,
  changes: readonly PlannedChange[],
): Promise<WrittenChanges> {
  const written: WrittenChanges = { done: new Map(), left: new Map() };
  const queue = new PQueue({ concurrency: writer.client.config.concurrency });
  let failures = 0;
  let moved: TaskKey | undefined;
  let away = DOWN;
  const broken: unknown[] = [];
  const write = async (change: PlannedChange) => {
    const { key } = change;
    if (broken.length > 0) return;
    if (failures >= MOST_FAILURES) return void written.left.set(key, later(change, DOWN));
    const result = await writeTask(writer, change);
    failures = result.kind === "later" ? failures + 1 : 0;
    if (result.kind === "moved") moved = key;
    else if (result.kind === "done") written.done.set(key, result.item);
    else if (result.kind === "later") written.left.set(key, later(change, (away = result.why)));
    else written.left.set(key, { reason: "problem", problem: refused(change, result.why) });
  };
  for (const kind of ORDER) {
    for (const change of changes.filter((each) => each.kind === kind))
      void queue.add(() => write(change)).catch((error: unknown) => broken.push(error));
    await queue.onIdle();
  }
  if (broken.length > 0) throw broken[0];
  if (moved !== undefined) throw new EndpointChanged(`task ${moved} was changed at ${writer.place}`);
  const isAway = [...written.left.values()].every(({ reason }) => reason === "unwritable");
  if (written.left.size === changes.length && isAway) throw new EndpointUnwritable(away);
  return written;
}

const DOWN = "too many requests before it failed";

function later({ key }: TaskChange, why: string): LeftByWrite {
  const message = `Task ${key} waits: ${why}`;
  return { reason: "unwritable", problem: { code: "file_unwritable", message, task_id: key } };
}
