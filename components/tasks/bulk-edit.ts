import type { QueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { TaskJson } from "../../lib/protocol/task.ts";
import type { TaskStatus } from "../../lib/task/task.ts";
import { plural } from "../shell/run-words.ts";
import { deleteTask, restoreTask, setStatus } from "./edit-tasks.ts";
import { type Failure, forEachOf } from "./many.ts";

/** Below this a bulk action is over before one could read how far it is. */
const SHOW_PROGRESS_FROM = 30;

export async function changeStatuses(client: QueryClient, tasks: readonly TaskJson[], status: TaskStatus): Promise<void> {
  const word = status === "paused" ? "Paused" : "Resumed";
  const wanted = tasks.filter((task) => task.status !== status);
  const { done, failed } = await withProgress(wanted, `${word} …`, (task) => setStatus(client, task, status));
  const undo = () => {
    void withProgress(done, "Undoing …", (task) => setStatus(client, task, task.status)).then(({ failed: left }) => tellFailures(left, "put back"));
  };
  if (done.length > 0) toast.success(`${word} ${plural(done.length, "task")}`, { action: { label: "Undo", onClick: undo } });
  else if (failed.length === 0) toast(`Nothing to do: ${tasks.length === 1 ? "it is" : "they are"} ${status} already`);
  tellFailures(failed, word.toLowerCase());
}

export async function deleteMany(client: QueryClient, tasks: readonly TaskJson[]): Promise<void> {
  const { done, failed } = await withProgress(tasks, "Deleting …", (task) => deleteTask(client, task));
  const [only] = done;
  const undo = () => {
    void withProgress(done, "Bringing them back …", (task) => restoreTask(client, task)).then(({ done: back, failed: left }) => {
      if (back.length > 0) toast.success(`${plural(back.length, "task")} back`);
      tellFailures(left, "brought back");
    });
  };
  if (only) {
    toast.success(done.length === 1 ? `Deleted task ${only.id}, ${only.skill_name}` : `Deleted ${plural(done.length, "task")}`, {
      duration: 12_000,
      action: { label: "Undo", onClick: undo },
    });
  }
  tellFailures(failed, "deleted");
}

async function withProgress(tasks: readonly TaskJson[], words: string, work: (task: TaskJson) => Promise<unknown>) {
  if (tasks.length < SHOW_PROGRESS_FROM) return forEachOf(tasks, work);
  const id = toast.loading(words);
  const result = await forEachOf(tasks, work, (done) => toast.loading(`${words} ${done} of ${tasks.length}`, { id }));
  toast.dismiss(id);
  return result;
}

function tellFailures(failed: readonly Failure<TaskJson>[], word: string): void {
  const [first] = failed;
  if (!first) return;
  toast.error(`${plural(failed.length, "task")} could not be ${word}`, {
    description: `Task ${first.item.id}: ${first.error.message}`,
    duration: 12_000,
  });
}
