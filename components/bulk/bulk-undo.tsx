"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BulkActionJson, BulkUndoAnswer, BulkUndoPreview } from "../../lib/protocol/bulk.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { call } from "../live/api.ts";
import { TASKS_KEY } from "../live/task-updates.ts";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { toast } from "../ui/toast.ts";
import { idsInWords, outcomeInWords } from "./bulk-words.ts";
import { BULK_LIST_KEY, bulkKey } from "./use-bulk.ts";

/** Says what undoing a bulk action would do and what was edited since, and does it. */
export function BulkUndo({ bulk, onClose }: { bulk: BulkActionJson; onClose(): void }) {
  const preview = useQuery({
    queryKey: ["runs", "bulk", "undo", bulk.id],
    queryFn: () => call("GET /api/bulk-actions/:id/undo", { params: { id: bulk.id } }),
    staleTime: 0,
    gcTime: 0,
  });
  const sides = useSides();
  const names = sides(bulk.sources.map(({ source }) => source));
  const undo = useBulkUndo(bulk.id, names.side, onClose);
  const { data } = preview;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title="Undo this action?"
      description={outcomeInWords(bulk, sides)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!data || data.put_back === 0 || undo.isPending}
            onClick={() => undo.mutate()}
          >
            {undo.isPending ? "Undoing…" : data ? `Put ${plural(data.put_back, "task")} back` : "Undo"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {data ? (
          <Effect preview={data} action={bulk.action} names={names} />
        ) : (
          !preview.error && <SkeletonRows label="Working out what the undo does" rows={2} />
        )}
        <ErrorNote error={preview.error ?? undo.error} />
      </div>
    </Dialog>
  );
}

interface EffectProps {
  preview: BulkUndoPreview;
  action: BulkActionJson["action"];
  names: SideNames;
}

function Effect({ preview, action, names }: EffectProps) {
  const { put_back, edited_since, edited_since_total } = preview;
  if (put_back === 0) return <p>Nothing to put back: each task was edited since, or is as it was.</p>;
  const there = names.isFile ? `with their lines in ${names.side}` : `also in ${names.side}`;
  const what = action === "delete" ? there : "with the status that each had";
  return (
    <>
      <p>
        {plural(put_back, "task")} will be as before, {what}.
      </p>
      {edited_since_total > 0 && (
        <p className="bg-warn-soft text-warn-text rounded-md px-3 py-2">
          {plural(edited_since_total, "task")} {edited_since_total === 1 ? "was" : "were"} edited since and{" "}
          {edited_since_total === 1 ? "stays as it is" : "stay as they are"}:{" "}
          {idsInWords(edited_since.map(({ task_id }) => task_id))}.
        </p>
      )}
    </>
  );
}

function useBulkUndo(id: string, side: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("POST /api/bulk-actions/:id/undo", { params: { id } }),
    onSuccess: (answer) => {
      client.setQueryData(bulkKey(id), answer.bulk_action);
      tell(answer, side);
      onDone();
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: BULK_LIST_KEY });
      await client.invalidateQueries({ queryKey: TASKS_KEY });
    },
  });
}

function tell({ put_back, conflicts, failures, edited_since_total }: BulkUndoAnswer, side: string): void {
  const left = [
    conflicts > 0 ? `${conflicts} wait as conflicts, because ${side} was edited since.` : "",
    edited_since_total > 0 ? `${edited_since_total} edited since stay as they are.` : "",
    ...failures.map(({ source, message }) => `${source}: ${message}`),
  ].filter(Boolean);
  const more = left.length === 0 ? {} : { description: left.join(" ") };
  if (failures.length > 0) toast.warning("Not everything could be put back", more);
  else toast.success(`${plural(put_back, "task")} back`, more);
}
