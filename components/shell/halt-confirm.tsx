"use client";

import { Link } from "../ui/link.tsx";
import type { HaltJson } from "../../lib/protocol/run.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMay } from "./actor-context.tsx";
import { lossInWords, putBackInWords } from "./lost-words.ts";
import { MissingRole } from "./missing-role.tsx";
import { plural } from "./run-words.ts";
import { useIsOfObjects } from "./use-of-objects.ts";
import { usePutBack } from "./use-put-back.ts";
import { useSideNames } from "./use-side-names.ts";
import { useTaskNames } from "./use-task-names.ts";
import { useConfirmHalt } from "./use-trigger.ts";

/** Lists exactly the tasks that would be deleted, with buttons to confirm that and to put them back. */
export function HaltConfirm({ halt, onClose }: { halt: HaltJson; onClose(): void }) {
  const { reason, deletions, source } = halt;
  const ofObjects = useIsOfObjects(source);
  const what = plural(deletions.length, ofObjects ? "object" : "task");
  const names = useSideNames(source);
  const loss = lossInWords(halt, names);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={loss === null ? `Delete ${what}?` : `${what} missing: delete or put back?`}
      description={reason}
      footer={<Choices halt={halt} what={what} onClose={onClose} />}
    >
      <p className="mb-2">
        {ofObjects
          ? "The other system has these no more. Confirming marks them as deleted here:"
          : (loss ?? "Confirming deletes these tasks:")}
      </p>
      <Deletions halt={halt} objects={ofObjects} />
      {ofObjects ? (
        <HowToKeepObjects />
      ) : (
        <HowToKeepTasks names={names} canPutBack={loss !== null} onLeave={onClose} />
      )}
    </Dialog>
  );
}

function Choices({ halt, what, onClose }: { halt: HaltJson; what: string; onClose(): void }) {
  const { may, why } = useMay("admin");
  const [sync, putBack] = [useConfirmHalt(), usePutBack()];
  const names = useSideNames(halt.source);
  const busy = sync.isPending || putBack.isPending;
  return (
    <>
      <MissingRole why={why} />
      <Button onClick={onClose}>Leave as it is</Button>
      {may && (
        <Button look="danger" disabled={busy} onClick={() => sync.mutate(halt, { onSuccess: onClose })}>
          {sync.isPending ? "Deleting…" : `Delete ${what}`}
        </Button>
      )}
      {may && halt.lost && (
        <Button look="primary" disabled={busy} onClick={() => putBack.mutate(halt, { onSuccess: onClose })}>
          {putBack.isPending ? "Putting back…" : putBackInWords(halt, names)}
        </Button>
      )}
    </>
  );
}

function Deletions({
  halt: { deletions, lost = [], source },
  objects,
}: {
  halt: HaltJson;
  objects: boolean;
}) {
  const known = new Map(lost.map((each) => [each.task_id, each.name]));
  const nameOf = useTaskNames(
    objects ? [] : deletions.filter((id) => !known.has(id)).map((task_id) => ({ task_id, source })),
  );
  return (
    <ul
      className="bg-hover max-h-64 overflow-y-auto rounded-lg p-3"
      tabIndex={0}
      aria-label={objects ? "Objects to be deleted" : "Tasks to be deleted"}
    >
      {deletions.map((id) => (
        <li key={id} className="flex gap-3 py-0.5">
          <span className="text-muted min-w-10 font-mono text-xs leading-5">{id}</span>
          {known.get(id) ?? nameOf({ task_id: id, source })}
        </li>
      ))}
    </ul>
  );
}

/** Only a file has earlier versions. */
function RestoreFile({ canPutBack, onLeave }: Omit<HowToKeepProps, "names">) {
  return (
    <>
      {canPutBack
        ? "Putting them back takes them as the other side has them, so comments at their lines in the file are not among it. To have these too, "
        : "Not what you meant? Put the tasks back where they are missing: "}
      <Link href="/file" onClick={onLeave} className="text-accent-text underline">
        restore a kept version of the file
      </Link>
      , or save it again with them.
    </>
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

interface HowToKeepProps {
  names: SideNames;
  canPutBack: boolean;
  onLeave(): void;
}

function HowToKeepTasks({ names, canPutBack, onLeave }: HowToKeepProps) {
  return (
    <p className="text-muted mt-3">
      {names.isFile ? (
        <RestoreFile canPutBack={canPutBack} onLeave={onLeave} />
      ) : (
        `Not what you meant? Put the tasks back, or create them again in ${names.side}.`
      )}{" "}
      The halt ends by itself. A deletion can be undone from the{" "}
      <Link href="/history" onClick={onLeave} className="text-accent-text underline">
        history
      </Link>
      , too.
    </p>
  );
}
