import type { QueryClient } from "@tanstack/react-query";
import type { TaskJson } from "../../lib/protocol/task.ts";
import type { TaskStatus } from "../../lib/task/status.ts";
import { ApiError } from "../live/api.ts";
import { plural } from "../shell/run-words.ts";
import { toast } from "../ui/toast.ts";
import { deleteTask, restoreTask, setStatus } from "./edit-tasks.ts";
import { type Failure, forEachOf } from "./many.ts";

/** Progress is shown for this many tasks or more, because fewer tasks are done before it could be read. */
const SHOW_PROGRESS_FROM = 30;
const MOST_NAMED = 8;

export async function changeStatuses(
  client: QueryClient,
  tasks: readonly TaskJson[],
  status: TaskStatus,
): Promise<void> {
  const word = status === "paused" ? "Paused" : "Resumed";
  const wanted = tasks.filter((task) => task.status !== status);
  const { done, failed } = await withProgress(wanted, `${word} …`, (task) => setStatus(client, task, status));
  const undo = () => {
    void withProgress(done, "Undoing …", ({ item, result }) =>
      setStatus(client, result.task, item.status),
    ).then(({ failed: left }) =>
      tellFailures(
        left.map(({ item, error }) => ({ item: item.item, error })),
        "put back",
      ),
    );
  };
  if (done.length > 0)
    toast.success(`${word} ${plural(done.length, "task")}`, {
      duration: 12_000,
      action: { label: "Undo", onClick: undo },
    });
  else if (failed.length === 0)
    toast.message(`Nothing to do: ${tasks.length === 1 ? "it is" : "they are"} ${status} already`);
  tellFailures(failed, word.toLowerCase());
}

export async function deleteMany(client: QueryClient, tasks: readonly TaskJson[]): Promise<void> {
  const { done, failed } = await withProgress(tasks, "Deleting …", (task) => deleteTask(client, task));
  const gone = done.map(({ item }) => item);
  const [only] = gone;
  const undo = () => {
    void withProgress(gone, "Bringing them back …", (task) => restoreTask(client, task)).then(
      ({ done: back, failed: left }) => {
        if (back.length > 0) toast.success(`${plural(back.length, "task")} back`);
        tellFailures(left, "brought back");
      },
    );
  };
  if (only) {
    toast.success(
      gone.length === 1
        ? `Deleted task ${only.id}, ${only.skill_name}`
        : `Deleted ${plural(gone.length, "task")}`,
      { duration: 12_000, action: { label: "Undo", onClick: undo } },
    );
  }
  tellFailures(failed, "deleted");
}

let actions = 0;

async function withProgress<Item, Result>(
  items: readonly Item[],
  words: string,
  work: (item: Item) => Promise<Result>,
) {
  if (items.length < SHOW_PROGRESS_FROM) return forEachOf(items, work);
  actions += 1;
  const id = `bulk-${actions}`;
  toast.loading(words, { id });
  const result = await forEachOf(items, work, (done) =>
    toast.loading(`${words} ${done} of ${items.length}`, { id }),
  );
  toast.dismiss(id);
  return result;
}

/** Shows which tasks were left out because others changed them, and separately which tasks failed. */
function tellFailures(failed: readonly Failure<TaskJson>[], word: string): void {
  const [changed, broken] = [
    failed.filter(isChangedMeanwhile),
    failed.filter((failure) => !isChangedMeanwhile(failure)),
  ];
  const [first] = broken;
  if (changed.length > 0) {
    toast.warning(`${plural(changed.length, "task")} left out`, {
      description: `Others changed ${changed.length === 1 ? "it" : "them"} meanwhile: ${named(changed)}. Look, and choose again.`,
      duration: 12_000,
    });
  }
  if (first) {
    toast.error(`${plural(broken.length, "task")} could not be ${word}`, {
      description: `Task ${first.item.id}: ${first.error.message}`,
      duration: 12_000,
    });
  }
}

function isChangedMeanwhile({ error }: Failure<TaskJson>): boolean {
  return error instanceof ApiError && error.code === "precondition_failed";
}

function named(failed: readonly Failure<TaskJson>[]): string {
  const ids = failed.slice(0, MOST_NAMED).map(({ item }) => item.id);
  return failed.length > MOST_NAMED
    ? `${ids.join(", ")} and ${failed.length - MOST_NAMED} more`
    : ids.join(", ");
}
