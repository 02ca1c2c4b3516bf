"use client";

import clsx from "clsx";
import { FileClock } from "lucide-react";
import { useState } from "react";
import type { Backup } from "../../lib/protocol/file.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { bytesInWords } from "./bytes.ts";
import { replacedInWords } from "./replaced-words.ts";
import { useBackups } from "./use-file.ts";
import { VersionDiff } from "./version-diff.tsx";

/**
 * The versions that were kept when the file was replaced: how each differs from the file now, and a button
 * to restore it.
 */
export function Versions({ source }: { source: string | undefined }) {
  const { data: backups, error, isPending, refetch } = useBackups(source);
  const [chosen, setChosen] = useState<string | null>(null);
  if (isPending) return <SkeletonRows label="Loading the kept versions" />;
  if (!backups)
    return (
      <ErrorState
        title="The kept versions could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  if (backups.length === 0) {
    return (
      <EmptyState icon={FileClock} title="No version has been kept yet">
        Each time Lockstep writes the file, the version before it is kept here. The last 50 stay.
      </EmptyState>
    );
  }
  const current = backups.find((backup) => backup.name === chosen) ?? backups[0];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pb-4 sm:px-6 lg:flex-row">
      <ul
        aria-label="Kept versions"
        className="bg-surface max-h-44 shrink-0 overflow-y-auto rounded-lg border p-1 lg:max-h-none lg:w-64"
      >
        {backups.map((backup) => (
          <li key={backup.name}>
            <Version
              backup={backup}
              chosen={backup.name === current?.name}
              onChoose={() => setChosen(backup.name)}
            />
          </li>
        ))}
      </ul>
      {current && <VersionDiff key={current.name} backup={current} source={source} />}
    </div>
  );
}

function Version({ backup, chosen, onChoose }: { backup: Backup; chosen: boolean; onChoose(): void }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={clsx(
        "flex w-full flex-col items-start rounded-md px-2.5 py-1.5 text-left focus-visible:-outline-offset-2",
        chosen ? "bg-accent-soft text-accent-text" : "hover:bg-hover",
      )}
    >
      <span className="font-medium">
        <Time at={backup.at} />
      </span>
      <span className={clsx("text-xs", chosen ? "" : "text-muted")}>
        <Time at={backup.at} show="absolute" /> · {bytesInWords(backup.size)}
      </span>
      {backup.replaced_by && (
        <span className={clsx("text-xs", chosen ? "" : "text-muted")}>
          {replacedInWords(backup.replaced_by)}
        </span>
      )}
    </button>
  );
}
