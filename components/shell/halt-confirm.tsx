"use client";

import { Link } from "../ui/link.tsx";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { useTasks } from "../live/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMay } from "./actor-context.tsx";
import { MissingRole } from "./missing-role.tsx";
import { plural } from "./run-words.ts";
import { useIsOfObjects } from "./use-of-objects.ts";
import { useConfirmHalt } from "./use-trigger.ts";

/** Lists exactly the tasks that would be deleted, with a button to confirm that and links to restore them. */
export function HaltConfirm({ halt, onClose }: { halt: HaltJson; onClose(): void }) {
  const { may, why } = useMay("admin");
  const { reason, deletions, source } = halt;
  const ofObjects = useIsOfObjects(source);
  const what = plural(deletions.length, ofObjects ? "object" : "task");
  const sync = useConfirmHalt();
  const { data } = useTasks();
  const names = new Map(
    data?.rows
      .filter(({ task }) => source === undefined || task.source === source)
      .map(({ task }) => [String(task.id), task.skill_name]),
  );
  const confirm = () => sync.mutate(halt, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${what}?`}
      description={reason}
      footer={
        <>
          <MissingRole why={why} />
          <Button onClick={onClose}>Leave as it is</Button>
          {may && (
            <Button look="danger" disabled={sync.isPending} onClick={confirm}>
              {sync.isPending ? "Deleting…" : `Delete ${what}`}
            </Button>
          )}
        </>
      }
    >
      <p className="mb-2">
        {ofObjects
          ? "The other system has these no more. Confirming marks them as deleted here:"
          : "These tasks are gone from one side. Confirming deletes them on the other side too:"}
      </p>
      <ul
        className="bg-hover max-h-64 overflow-y-auto rounded-lg p-3"
        tabIndex={0}
        aria-label={ofObjects ? "Objects to be deleted" : "Tasks to be deleted"}
      >
        {deletions.map((id) => (
          <li key={id} className="flex gap-3 py-0.5">
            <span className="text-muted min-w-10 font-mono text-xs leading-5">{id}</span>
            {names.get(id)}
          </li>
        ))}
      </ul>
      {ofObjects ? <HowToKeepObjects /> : <HowToKeepTasks onLeave={onClose} />}
    </Dialog>
  );
}

function HowToKeepObjects() {
  return (
    <p className="text-muted mt-3">
      Not what you meant? Look at the request that the halt names, and at the other system. The halt ends by
      itself with the next pull that finds them again. Until then they are kept.
    </p>
  );
}

function HowToKeepTasks({ onLeave }: { onLeave(): void }) {
  return (
    <p className="text-muted mt-3">
      Not what you meant? Put the tasks back where they are missing:{" "}
      <Link href="/file" onClick={onLeave} className="text-accent-text underline">
        restore a kept version of the file
      </Link>
      , or save it again with them. The halt ends by itself. A deletion can be undone from the{" "}
      <Link href="/history" onClick={onLeave} className="text-accent-text underline">
        history
      </Link>
      , too.
    </p>
  );
}
