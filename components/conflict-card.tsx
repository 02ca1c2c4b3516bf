"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConflictJson, ResolveBody } from "../lib/protocol/conflict.ts";
import { api } from "./api.ts";
import { Button } from "./button.tsx";
import { ConflictFields } from "./conflict-fields.tsx";
import { ErrorText } from "./panel.tsx";
import { Time } from "./time.tsx";

const CHOICES: readonly { choice: ResolveBody["choice"]; text: string }[] = [
  { choice: "keep_yaml", text: "Keep YAML" },
  { choice: "keep_db", text: "Keep database" },
  { choice: "merge", text: "Merge" },
];

export function ConflictCard({ conflict, mayResolve }: { conflict: ConflictJson; mayResolve: boolean }) {
  const client = useQueryClient();
  const { conflict_id, task_id, revision, conflict_reason, detected_at } = conflict;
  const resolve = useMutation({
    mutationFn: (choice: ResolveBody["choice"]) =>
      api("POST", `/api/sync/conflicts/${conflict_id}/resolve`, { choice, revision } satisfies ResolveBody),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <article aria-label={`Conflict in task ${task_id}`} className="rounded border border-amber-500 p-3">
      <h3 className="font-medium">Task {task_id}</h3>
      <p className="mb-2 text-sm text-neutral-600 dark:text-neutral-400">
        {conflict_reason}. Since <Time at={detected_at} />
      </p>
      <ConflictFields conflict={conflict} />
      {mayResolve && (
        <div className="mt-3 flex flex-wrap gap-2">
          {CHOICES.map(({ choice, text }) => (
            <Button key={choice} disabled={resolve.isPending} onClick={() => resolve.mutate(choice)}>
              {text}
            </Button>
          ))}
        </div>
      )}
      <ErrorText error={resolve.error} />
    </article>
  );
}
