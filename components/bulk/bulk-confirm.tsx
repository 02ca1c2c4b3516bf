"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useRef } from "react";
import { isMostOf } from "../../lib/sync/guard.ts";
import { type BulkKind, MOST_TASKS, STATUS_OF_BULK } from "../../lib/task/bulk-kinds.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { bulkPlan, type BulkPlan, idsInWords, planInWords } from "./bulk-words.ts";
import { startBulk } from "./start-bulk.ts";

/** Tasks that are named one by one. */
const MOST_SHOWN = 6;

interface Props {
  action: BulkKind;
  chosen: readonly ListedTask[];
  /** All tasks, because the guard compares with their number. */
  all: readonly ListedTask[];
  onClose(): void;
  onStarted(): void;
}

/** Says what an action on the selected tasks will do, and starts it. */
export function BulkConfirm({ action, chosen, all, onClose, onStarted }: Props) {
  const client = useQueryClient();
  const confirm = useRef<HTMLButtonElement>(null);
  const plan = useMemo(() => bulkPlan(action, chosen, all), [action, chosen, all]);
  const start = useMutation({
    mutationFn: () =>
      startBulk(
        client,
        action,
        plan.wanted.map(({ task }) => task),
      ),
    onSuccess: onStarted,
  });
  const { length } = plan.wanted;
  const words = planInWords(action, plan, useSides());
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="small"
      title={length === 0 ? "Nothing to do" : `${words}?`}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        confirm.current?.focus();
      }}
      footer={
        <>
          <Button onClick={onClose}>{length === 0 ? "Close" : "Cancel"}</Button>
          {length > 0 && (
            <Button
              ref={confirm}
              look={action === "delete" ? "danger" : "primary"}
              disabled={start.isPending || length > MOST_TASKS}
              onClick={() => start.mutate()}
            >
              {start.isPending ? "Starting…" : words}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {length > MOST_TASKS && (
          <Note tone="bad">
            One action takes at most {plural(MOST_TASKS, "task")}. Filter the list, and do it in parts.
          </Note>
        )}
        <Names rows={plan.wanted} />
        {plan.sources.length > 1 && <Sources plan={plan} />}
        <LeftOut plan={plan} action={action} />
        {action === "delete" && <GuardNote plan={plan} />}
        {length > 0 && <p className="text-muted">You can stop it while it runs, and undo it afterwards.</p>}
        <ErrorNote error={start.error} />
      </div>
    </Dialog>
  );
}

function Names({ rows }: { rows: readonly ListedTask[] }) {
  if (rows.length === 0) return null;
  const more = rows.length - MOST_SHOWN;
  return (
    <ul className="flex flex-col gap-0.5">
      {rows.slice(0, more === 1 ? MOST_SHOWN + 1 : MOST_SHOWN).map(({ key, task }) => (
        <li key={key} className="flex gap-2">
          <span className="text-muted w-12 shrink-0 truncate text-right font-mono text-xs leading-5">
            {task.id}
          </span>
          <span className="truncate">{task.skill_name}</span>
        </li>
      ))}
      {more > 1 && <li className="text-muted pl-14">and {more.toLocaleString("en")} more</li>}
    </ul>
  );
}

function Sources({ plan: { sources } }: { plan: BulkPlan }) {
  return (
    <dl className="grid max-h-40 grid-cols-[1fr_auto] gap-x-4 gap-y-1 overflow-y-auto">
      {sources.map(({ source, count }) => (
        <div key={source} className="contents">
          <dt className="truncate">{source}</dt>
          <dd className="text-muted text-right tabular-nums">{plural(count, "task")}</dd>
        </div>
      ))}
    </dl>
  );
}

function LeftOut({ plan, action }: { plan: BulkPlan; action: BulkKind }) {
  const { unchanged, conflicts, held } = plan;
  const ids = (rows: readonly ListedTask[]) => idsInWords(rows.map(({ task }) => String(task.id)));
  return (
    <>
      {unchanged > 0 && (
        <p className="text-muted">
          {plural(unchanged, "task")} {unchanged === 1 ? "is" : "are"} {STATUS_OF_BULK[action]} already.
        </p>
      )}
      {conflicts.length > 0 && <Note>In conflict, and left out until one is chosen: {ids(conflicts)}.</Note>}
      {held.length > 0 && <Note>Held by a problem, and left out: {ids(held)}.</Note>}
    </>
  );
}

/** The guard against mass deletions stops the run; the person learns it before. */
function GuardNote({ plan: { sources } }: { plan: BulkPlan }) {
  const sides = useSides();
  const most = sources.filter(({ count, all }) => count >= 2 && isMostOf(count, all));
  if (most.length === 0) return null;
  const where = most.map(({ source, count, all }) => `${count} of ${all} in ${source}`).join(", ");
  const { side } = sides(most.map(({ source }) => source));
  return (
    <Note>
      That is more than half ({where}). They go from the database at once; {side} keeps them until an admin
      confirms it.
    </Note>
  );
}

function Note({ tone = "warn", children }: { tone?: "warn" | "bad"; children: ReactNode }) {
  const look = tone === "warn" ? "bg-warn-soft text-warn-text" : "bg-bad-soft text-bad-text";
  return <p className={`${look} rounded-md px-3 py-2`}>{children}</p>;
}
