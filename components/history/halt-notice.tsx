"use client";

import { OctagonAlert } from "lucide-react";
import { useState } from "react";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { useMay } from "../shell/actor-context.tsx";
import { lossInWords, putBackInWords } from "../shell/lost-words.ts";
import { MissingRole } from "../shell/missing-role.tsx";
import { plural } from "../shell/run-words.ts";
import { usePutBack } from "../shell/use-put-back.ts";
import { useIsOfObjects } from "../shell/use-of-objects.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { useStatus } from "../shell/use-status.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmHaltDialog } from "./confirm-halt-dialog.tsx";
import { TaskIds } from "./task-ids.tsx";

/** Shows why a run stopped before it changed anything, what it would have deleted, and how an admin allows it. */
export function HaltNotice({ halt }: { halt: HaltJson }) {
  const { data: status } = useStatus();
  const { may, why } = useMay("admin");
  const [confirming, setConfirming] = useState(false);
  const putBack = usePutBack();
  const ofObjects = useIsOfObjects(halt.source);
  const names = useSideNames(halt.source);
  const what = plural(halt.deletions.length, ofObjects ? "object" : "task");
  const waiting = status.halt?.plan_hash === halt.plan_hash;
  return (
    <section
      aria-labelledby="halted"
      className="border-bad bg-surface flex flex-col gap-3 rounded-lg border px-4 py-3"
    >
      <h2 id="halted" className="text-bad-text flex items-center gap-2 font-semibold">
        <OctagonAlert className="size-4" aria-hidden /> Stopped to be safe: nothing was changed
      </h2>
      <p>
        {lossInWords(halt, names)} {halt.reason}.
      </p>
      <div>
        <h3 className="text-muted mb-1 text-xs">It would delete {what}</h3>
        <TaskIds ids={halt.deletions} source={halt.source} known={halt.lost} />
      </div>
      {waiting ? (
        <>
          <p className="text-muted text-sm">
            {ofObjects
              ? "If this was not intended, look at the other system: the next pull that finds them ends the halt. "
              : "If this was not intended, put the tasks back. "}
            If it was intended, confirm exactly this plan.
          </p>
          <div className="flex flex-wrap items-center gap-2">
            {may ? (
              <>
                {halt.lost && (
                  <Button look="primary" disabled={putBack.isPending} onClick={() => putBack.mutate(halt)}>
                    {putBack.isPending ? "Putting back…" : putBackInWords(halt, names)}
                  </Button>
                )}
                <Button look="danger" onClick={() => setConfirming(true)}>
                  Delete {what}…
                </Button>
              </>
            ) : (
              <MissingRole why={why} />
            )}
          </div>
        </>
      ) : (
        <p className="text-muted text-sm">
          This halt is over: a later run succeeded, or its plan was a different one.
        </p>
      )}
      <ConfirmHaltDialog halt={halt} what={what} open={confirming && waiting} onOpenChange={setConfirming} />
    </section>
  );
}
