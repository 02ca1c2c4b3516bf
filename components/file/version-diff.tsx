"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import type { Backup } from "../../lib/protocol/file.ts";
import { LazyYamlDiff } from "../code/lazy-yaml-diff.tsx";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Link } from "../ui/link.tsx";
import { Time } from "../ui/time.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { useBackup, useFile } from "./use-file.ts";

type Layout = "unified" | "split";
const LAYOUTS: readonly { value: Layout; label: string }[] = [
  { value: "unified", label: "Unified" },
  { value: "split", label: "Side by side" },
];

/** Shows what restoring this version would change in the file. */
export function VersionDiff({ backup, source }: { backup: Backup; source: string | undefined }) {
  const file = useFile(source);
  const kept = useBackup(backup.name, source);
  const [layout, setLayout] = useState<Layout>("unified");
  const [restoring, setRestoring] = useState(false);
  const { may, why } = useMay("admin");
  const before = file.data?.text ?? "";
  const after = kept.data?.text;
  const same = after !== undefined && before === after;
  return (
    <section
      aria-label="Difference from the file now"
      className="flex min-h-80 min-w-0 flex-1 flex-col gap-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <WhatItIs backup={backup} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Segmented
            label="Layout of the difference"
            options={LAYOUTS}
            value={layout}
            onValueChange={(next) => setLayout(next)}
          />
          {may && (
            <Button look="primary" disabled={after === undefined || same} onClick={() => setRestoring(true)}>
              <RotateCcw aria-hidden /> Restore…
            </Button>
          )}
        </div>
      </div>
      <MissingRole why={why} />
      <div className="bg-surface min-h-64 flex-1 overflow-hidden rounded-lg border">
        {kept.error || file.error ? (
          <ErrorState
            title="This version could not be loaded"
            error={kept.error ?? file.error}
            onRetry={() => void Promise.all([kept.refetch(), file.refetch()])}
          />
        ) : after === undefined || file.isPending ? (
          <SkeletonRows label="Loading the version" />
        ) : same ? (
          <p className="text-muted p-6 text-center">The file says exactly this now.</p>
        ) : (
          <LazyYamlDiff
            before={before}
            after={after}
            label="Changes of restoring"
            sideBySide={layout === "split"}
          />
        )}
      </div>
      <RestoreDialog
        backup={backup}
        source={source}
        revision={file.data?.revision ?? null}
        open={restoring}
        onOpenChange={setRestoring}
      />
    </section>
  );
}

function WhatItIs({ backup }: { backup: Backup }) {
  return (
    <p className="text-muted text-sm">
      What restoring the version of <Time at={backup.at} show="absolute" /> changes
      {backup.replaced_by && (
        <>
          {" · "}
          <Link href={`/history/${backup.replaced_by.id}`} className="text-accent-text underline">
            The run that replaced it
          </Link>
        </>
      )}
    </p>
  );
}
