"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OlderFileBody, OlderFileJson } from "../../lib/protocol/older-file.ts";
import { failureOf } from "../conflicts/use-resolve.ts";
import { call } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { toast } from "../ui/toast.ts";
import { plural } from "./run-words.ts";

type Keep = OlderFileBody["keep"];

const QUESTION: Record<Keep, string> = {
  newest: "Put the newest version back?",
  older: "Take the old version?",
};
const ACTION: Record<Keep, string> = { newest: "Put the newest back", older: "Take the old one" };
const DONE: Record<Keep, string> = {
  newest: "The newest version is back",
  older: "The old version is taken",
};
const EFFECT: Record<Keep, string> = {
  newest:
    "The file says again what the database says of these tasks, and what only the file had changed since comes back too.",
  older:
    "Each row becomes what the old version says of its task. What was changed since in the database is dropped.",
};

/** Says what the choice does to all the tasks, and once more when it would delete most of them. */
export function OlderFileConfirm({
  older,
  keep,
  onClose,
}: {
  older: OlderFileJson;
  keep: Keep;
  onClose(): void;
}) {
  const { mutation, halt } = useDecision(older, keep, onClose);
  const doomed = halt?.deletions.length ?? 0;
  const action = halt ? `Delete ${plural(doomed, "task")}` : ACTION[keep];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={QUESTION[keep]}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={halt ? "danger" : "primary"}
            disabled={mutation.isPending}
            onClick={() => mutation.mutate(halt?.plan_hash)}
          >
            {mutation.isPending ? "Working…" : action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <p>{EFFECT[keep]}</p>
        {halt && (
          <p className="bg-bad-soft text-bad-text rounded-md px-3 py-2">
            This deletes {plural(doomed, "task")}: {halt.deletions.slice(0, 12).join(", ")}
            {doomed > 12 && ` and ${doomed - 12} more`}.
          </p>
        )}
        <ErrorNote error={mutation.error} />
      </div>
    </Dialog>
  );
}

/** Carries the choice out. `halt` is the plan that has to be confirmed first, because it deletes most tasks. */
function useDecision({ source, revision }: OlderFileJson, keep: Keep, onDone: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async (plan_hash: string | undefined) => {
      const body = { keep, revision, ...(plan_hash === undefined ? {} : { plan_hash }) };
      const answer = await call("POST /api/sources/:id/older-file", { params: { id: source }, body });
      const failure = answer.runs.filter(({ outcome }) => outcome === "failed").map(failureOf)[0];
      if (failure) throw new Error(failure);
      return answer;
    },
    onSuccess: ({ runs, refused }) => {
      if (runs[0]?.halt) return;
      if (refused.length > 0)
        toast.warning(`${plural(refused.length, "task")} stayed in conflict`, {
          description: refused[0]?.message ?? "",
        });
      else toast.success(DONE[keep]);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["conflicts"] }),
  });
  return { mutation, halt: mutation.data?.runs[0]?.halt };
}
