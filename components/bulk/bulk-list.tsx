"use client";

import { useQuery } from "@tanstack/react-query";
import { Layers, Undo2 } from "lucide-react";
import { useState } from "react";
import type { BulkActionJson } from "../../lib/protocol/bulk.ts";
import { mayActAs } from "../../lib/protocol/actor.ts";
import { whoInWords } from "../history/trigger-words.ts";
import { call } from "../live/api.ts";
import { useActor } from "../shell/actor-context.tsx";
import { plural } from "../shell/run-words.ts";
import { useSides } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { Time } from "../ui/time.tsx";
import { BulkUndo } from "./bulk-undo.tsx";
import { outcomeInWords } from "./bulk-words.ts";
import { BULK_LIST_KEY } from "./use-bulk.ts";

const SHOWN = "5";

/** The latest actions on many tasks, each with its undo. Nothing where there are none. */
export function BulkList() {
  const { data = [] } = useQuery({
    queryKey: BULK_LIST_KEY,
    queryFn: async () => (await call("GET /api/bulk-actions", { query: { limit: SHOWN } })).bulk_actions,
  });
  const [undoing, setUndoing] = useState<BulkActionJson | null>(null);
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="bulk-actions" className="flex flex-col gap-2">
      <h2 id="bulk-actions" className="text-sm font-semibold">
        Actions on many tasks
      </h2>
      <ul className="bg-surface divide-y overflow-hidden rounded-lg border">
        {data.map((bulk) => (
          <Row key={bulk.id} bulk={bulk} onUndo={() => setUndoing(bulk)} />
        ))}
      </ul>
      {undoing && <BulkUndo bulk={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
}

function Row({ bulk, onUndo }: { bulk: BulkActionJson; onUndo(): void }) {
  const actor = useActor();
  const sides = useSides();
  const own = bulk.requested_by === actor.name || mayActAs(actor, "admin");
  const undoable = own && bulk.undone_at === null && bulk.changed > 0 && bulk.state !== "running";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
      <span className="bg-hover text-muted flex size-7 shrink-0 items-center justify-center rounded-full">
        <Layers className="size-3.5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{bulk.state === "running" ? "Going on" : outcomeInWords(bulk, sides)}</p>
        <p className="text-muted text-xs">
          by {whoInWords(bulk)}, <Time at={bulk.started_at} />
          {bulk.left_out_total > 0 && `, ${plural(bulk.left_out_total, "task")} left out`}
          {bulk.undone_at !== null && (
            <>
              , undone by {whoInWords({ requested_by: bulk.undone_by ?? "" })} <Time at={bulk.undone_at} />
            </>
          )}
          {bulk.sources.map(({ source, run_id }) =>
            run_id === null ? null : (
              <Link key={source} href={`/history/${run_id}`} className="text-accent-text ml-2 underline">
                {bulk.sources.length > 1 ? `Run of ${source}` : "The run"}
              </Link>
            ),
          )}
        </p>
      </div>
      {undoable && (
        <Button size="small" onClick={onUndo}>
          <Undo2 aria-hidden /> Undo…
        </Button>
      )}
    </li>
  );
}
