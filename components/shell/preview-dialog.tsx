"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { TriggerBody } from "../../lib/protocol/trigger.ts";
import type { Direction } from "../../lib/sync/types.ts";
import { api } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useMay } from "./actor-context.tsx";
import { Lacking } from "./lacking.tsx";
import { PlanView } from "./plan-view.tsx";
import { DIRECTION, plural } from "./run-words.ts";
import { SourceSelect, useSourceIds } from "./use-source.tsx";
import { useTrigger } from "./use-trigger.ts";

/** What a run would do, and nothing done until that very plan is applied. */
export function PreviewDialog({ direction, onClose }: { direction: Direction; onClose(): void }) {
  const { ids, several } = useSourceIds();
  const [chosen, setChosen] = useState<string>();
  // A plan is of one source.
  const source = chosen ?? (several ? ids[0] : undefined);
  const of: TriggerBody = { direction, ...(source === undefined ? {} : { source }) };
  const preview = useQuery({
    queryKey: ["status", "preview", direction, source ?? null],
    queryFn: async () => (await api<{ plan: PlanPreview }>("POST", "/api/sync/dry-run", of)).plan,
    // A plan changes under the eyes of nobody: the person asks for another one.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnMount: "always",
  });
  const apply = useTrigger();
  const admin = useMay("admin");
  const plan = preview.isFetching ? undefined : preview.data;
  const deletes = plan?.halt !== undefined;
  const stale = apply.error !== null;
  const again = () => {
    apply.reset();
    void preview.refetch();
  };
  const start = () => {
    if (!plan) return;
    apply.mutate(
      { ...of, plan_hash: plan.hash, ...(deletes ? { allow_deletes: true } : {}) },
      { onSuccess: onClose },
    );
  };
  const nothing = plan !== undefined && plan.changes.length === 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={`Preview: ${DIRECTION[direction].text.toLowerCase()}`}
      description="Nothing is written until you apply exactly this."
      footer={
        <>
          {deletes && <Lacking why={admin.why} />}
          <Button onClick={again} disabled={preview.isFetching || apply.isPending}>
            Look again
          </Button>
          {(!deletes || admin.may) && (
            <Button
              look={deletes ? "danger" : "primary"}
              disabled={!plan || nothing || apply.isPending || stale}
              onClick={start}
            >
              {apply.isPending
                ? "Applying…"
                : deletes && plan.halt
                  ? `Apply and delete ${plural(plan.halt.deletions.length, "task")}`
                  : "Apply exactly this"}
            </Button>
          )}
        </>
      }
    >
      {several && (
        <div className="mb-3">
          <SourceSelect value={source} onChange={setChosen} all={false} />
        </div>
      )}
      {stale && (
        <div className="mb-3">
          <ErrorNote
            error={new Error(`${apply.error?.message ?? ""} Look again to see what it would be now.`)}
          />
        </div>
      )}
      {preview.error && !preview.isFetching ? (
        <ErrorState title="No preview could be made" error={preview.error} onRetry={again} />
      ) : plan === undefined ? (
        <SkeletonRows label="Working out what would change" />
      ) : nothing && plan.conflicts.length + plan.problems.length + plan.pending.length === 0 ? (
        <EmptyState icon={CircleCheck} title="Nothing to do">
          File and database agree.
        </EmptyState>
      ) : (
        <PlanView plan={plan} />
      )}
    </Dialog>
  );
}
