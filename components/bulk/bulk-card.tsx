"use client";

import { CircleCheck, LoaderCircle, TriangleAlert, Undo2, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { BulkActionJson } from "../../lib/protocol/bulk.ts";
import { ApiError, call } from "../live/api.ts";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { useMinute } from "../ui/page-clock.ts";
import { Progress } from "../ui/progress.tsx";
import { toast } from "../ui/toast.ts";
import { BulkUndo } from "./bulk-undo.tsx";
import { leftOutInWords, outcomeInWords, troubleOf, VERB } from "./bulk-words.ts";
import { follow } from "./followed.ts";
import { useBulk } from "./use-bulk.ts";

/** An action that ended so long ago is in the history only. */
const SHOWN_MS = 3_600_000;

/** How far a bulk action is, with a button to stop it; afterwards what it did, and its undo. */
export function BulkCard({ id }: { id: string }) {
  const { data, error } = useBulk(id);
  const [undoing, setUndoing] = useState(false);
  const now = useMinute();
  const since = Date.parse(data?.finished_at ?? "");
  const gone = (error instanceof ApiError && error.code === "not_found") || now - since > SHOWN_MS;
  useEffect(() => {
    if (gone) follow(null);
  }, [gone]);
  if (!data) return null;
  const running = data.state === "running";
  return (
    <section
      aria-label="Action on many tasks"
      className="animate-appear bg-raised fixed inset-x-3 bottom-20 z-30 md:left-56 mx-auto flex max-w-md flex-col gap-2 rounded-xl border p-3 text-sm shadow-xl"
    >
      {running ? <Running bulk={data} /> : <Over bulk={data} onUndo={() => setUndoing(true)} />}
      {undoing && <BulkUndo bulk={data} onClose={() => setUndoing(false)} />}
    </section>
  );
}

function Running({ bulk: { id, action, done, total, sources } }: { bulk: BulkActionJson }) {
  const { side } = useSides()(sources.map(({ source }) => source));
  const [stopping, setStopping] = useState(false);
  const written = done >= total;
  const stop = () => {
    setStopping(true);
    call("POST /api/bulk-actions/:id/stop", { params: { id } }).catch((error: Error) => {
      setStopping(false);
      toast.error("It could not be stopped", { description: error.message });
    });
  };
  const words = written ? `Written; ${side} follows` : `${VERB[action].doing} ${plural(total, "task")}`;
  return (
    <>
      <Line icon={<LoaderCircle className="text-muted animate-spin" aria-hidden />}>
        <span role="status" className="min-w-0 flex-1 font-medium">
          {words}…
        </span>
        <span className="text-muted text-xs tabular-nums">
          {done.toLocaleString("en")} of {total.toLocaleString("en")}
        </span>
        {!written && (
          <Button size="small" onClick={stop} disabled={stopping}>
            {stopping ? "Stopping…" : "Stop"}
          </Button>
        )}
      </Line>
      <Progress done={done} total={written ? null : total} label={words} />
    </>
  );
}

function Over({ bulk, onUndo }: { bulk: BulkActionJson; onUndo(): void }) {
  const sides = useSides();
  const trouble = troubleOf(bulk, sides);
  const outcome = outcomeInWords(bulk, sides);
  const undone = bulk.undone_at !== null;
  const well = trouble.length === 0 && bulk.left_out_total === 0 && bulk.state === "finished";
  return (
    <>
      <Line
        icon={
          undone ? (
            <Undo2 className="text-muted" aria-hidden />
          ) : well ? (
            <CircleCheck className="text-ok-text" aria-hidden />
          ) : (
            <TriangleAlert className="text-warn-text" aria-hidden />
          )
        }
      >
        <span role="status" className="min-w-0 flex-1 font-medium">
          {undone ? `Undone: ${outcome.charAt(0).toLowerCase()}${outcome.slice(1)}` : outcome}
        </span>
        {!undone && bulk.changed > 0 && (
          <Button size="small" onClick={onUndo}>
            Undo
          </Button>
        )}
        <Button look="ghost" size="icon-small" aria-label="Close this notice" onClick={() => follow(null)}>
          <X />
        </Button>
      </Line>
      {!undone && <LeftOut bulk={bulk} />}
      {!undone &&
        trouble.map((text) => (
          <p key={text} className="text-warn-text text-xs break-words">
            {text}
          </p>
        ))}
    </>
  );
}

function LeftOut({ bulk: { left_out, left_out_total } }: { bulk: BulkActionJson }) {
  if (left_out_total === 0) return null;
  return (
    <details className="text-xs">
      <summary className="text-warn-text cursor-pointer">{plural(left_out_total, "task")} left out</summary>
      <ul className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {leftOutInWords(left_out).map(({ reason, ids }) => (
          <li key={reason} className="break-words">
            {reason}: {ids}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2 [&>svg]:size-4 [&>svg]:shrink-0">
      {icon}
      {children}
    </div>
  );
}
