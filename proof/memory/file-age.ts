import { behindAfter } from "../../lib/run/older-file.ts";
import { deletionsAfter } from "../../lib/sync/carried-deletions.ts";
import { positionsOfRun } from "../../lib/sync/carried.ts";
import type { LoadedCandidate, PlanItem } from "../../lib/sync/types.ts";
import type { FileAge } from "../../lib/sync/unseen.ts";
import type { TaskContent, TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../../server/endpoints/endpoint.ts";
import type { Attempt } from "./attempt.ts";
import type { Store } from "./store.ts";

/** As `ageOfFile` does it in the real engine. */
export function ageOfFile({ ask }: Attempt, store: Store, file: Snapshot): FileAge {
  if (ask.kind === "restore") {
    store.filePosition = positionsOfRun(store.filePosition).found;
    store.revisions.set(file.revision, store.filePosition);
    return { positionOf: () => null, deletions: store.deletions };
  }
  const returned = file.revision === store.fileRevision ? undefined : store.revisions.get(file.revision);
  return {
    positionOf: (key) => returned ?? store.behind.get(key) ?? null,
    deletions: store.deletions,
  };
}

interface Done {
  file: Snapshot;
  snapshot: Snapshot;
  age: FileAge;
  items: readonly PlanItem[];
  candidates: readonly LoadedCandidate[];
}

/** As `saveFileAge` does it. The pending tasks have been saved. */
export function saveFileAge(store: Store, { file, snapshot, age, items, candidates }: Done): void {
  const { found, written } = positionsOfRun(store.filePosition);
  for (const [revision, position] of [
    [file.revision, found],
    [snapshot.revision, written],
  ] as const) {
    if (!store.revisions.has(revision)) store.revisions.set(revision, position);
  }
  const byKey = new Map(candidates.map((candidate) => [candidate.key, candidate]));
  store.behind = behindAfter(store.pending, byKey, age);
  const { carried, forgotten } = deletionsAfter(items, (key) => byKey.get(key)?.ancestor);
  for (const [key, content] of carried) rememberDeletion(store, key, content);
  for (const key of forgotten) store.deletions.delete(key);
  store.filePosition = written;
}

export function rememberDeletion(store: Store, key: TaskKey, content: TaskContent | undefined): void {
  if (content) store.deletions.set(key, { position: positionsOfRun(store.filePosition).written, content });
}
