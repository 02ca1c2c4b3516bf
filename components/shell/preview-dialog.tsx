"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { TriggerInput } from "../../lib/protocol/trigger.ts";
import { directionToWire } from "../../lib/protocol/wire.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import type { Direction } from "../../lib/sync/types.ts";
import { call } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useMay } from "./actor-context.tsx";
import { MissingRole } from "./missing-role.tsx";
import { PlanView } from "./plan-view.tsx";
import { directionInWords, plural } from "./run-words.ts";
import { useSideNames } from "./use-side-names.ts";
import { SourceSelect, useSourceIds } from "./use-source.tsx";
import { useTrigger } from "./use-trigger.ts";

/** Shows what a run would do. Nothing is done until a person applies exactly that plan. */
export function PreviewDialog({ direction, onClose }: { direction: Direction; onClose(): void }) {
  const { ids, several } = useSourceIds();
  const [chosen, setChosen] = useState<string>();
  // A plan concerns one source.
  const source = chosen ?? (several ? ids[0] : undefined);
  const names = useSideNames(source);
  const { text } = directionInWords(direction, names);
  const asked: TriggerInput = {
    direction: directionToWire(direction),
    ...(source === undefined ? {} : { source }),
  };
  const preview = usePlanPreview(asked);
  const apply = useTrigger();
  const plan = preview.isFetching ? undefined : preview.data;
  const again = () => {
    apply.reset();
    void preview.refetch();
  };
  const start = (shown: PlanPreview) =>
    apply.mutate(
      { ...asked, plan_hash: shown.hash, ...(shown.halt ? { allow_deletes: true } : {}) },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={`Preview: ${text.charAt(0).toLowerCase()}${text.slice(1)}`}
      description="Nothing is written until you apply exactly this plan."
      footer={
        <ApplyButtons
          plan={plan}
          applying={apply.isPending}
          refused={apply.error !== null}
          busy={preview.isFetching}
          onAgain={again}
          onApply={start}
        />
      }
    >
      {several && (
        <div className="mb-3">
          <SourceSelect value={source} onChange={setChosen} all={false} />
        </div>
      )}
      {apply.error !== null && (
        <div className="mb-3">
          <ErrorNote error={new Error(`${apply.error.message} Look again to see the present plan.`)} />
        </div>
      )}
      {preview.error && !preview.isFetching ? (
        <ErrorState title="No preview could be made" error={preview.error} onRetry={again} />
      ) : (
        <Plan plan={plan} names={names} />
      )}
    </Dialog>
  );
}

/**
 * The plan of a run. It is fetched again only when the person asks, so that it never changes while it is
 * read.
 */
function usePlanPreview(asked: TriggerInput) {
  return useQuery({
    queryKey: ["status", "preview", asked.direction, asked.source ?? null],
    queryFn: async () => (await call("POST /api/sync/dry-run", { body: asked })).plan,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnMount: "always",
  });
}

function Plan({ plan, names }: { plan: PlanPreview | undefined; names: SideNames }) {
  if (plan === undefined) return <SkeletonRows label="Working out what would change" />;
  const { changes, conflicts, problems, pending } = plan;
  if (changes.length + conflicts.length + problems.length + pending.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="Nothing to do">
        {names.Side} and the database agree.
      </EmptyState>
    );
  }
  return <PlanView plan={plan} names={names} />;
}

interface ApplyButtonsProps {
  plan: PlanPreview | undefined;
  applying: boolean;
  /** True when the plan could not be applied, usually because a run would now do something else. */
  refused: boolean;
  busy: boolean;
  onAgain(): void;
  onApply(plan: PlanPreview): void;
}

/**
 * The buttons of the dialog. Only an admin may apply a plan that a guard would halt, because it deletes many
 * tasks.
 */
function ApplyButtons({ plan, applying, refused, busy, onAgain, onApply }: ApplyButtonsProps) {
  const admin = useMay("admin");
  const halt = plan?.halt;
  return (
    <>
      {halt && <MissingRole why={admin.why} />}
      <Button onClick={onAgain} disabled={busy || applying}>
        Look again
      </Button>
      {(!halt || admin.may) && (
        <Button
          look={halt ? "danger" : "primary"}
          disabled={!plan || plan.changes.length === 0 || applying || refused}
          onClick={() => plan && onApply(plan)}
        >
          {applying
            ? "Applying…"
            : halt
              ? `Apply and delete ${plural(halt.deletions.length, "task")}`
              : "Apply exactly this"}
        </Button>
      )}
    </>
  );
}
