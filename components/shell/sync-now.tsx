"use client";

import { ArrowLeftRight, ChevronDown, Database, FileCode2, RefreshCw, ScanSearch } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { directionToWire } from "../../lib/protocol/wire.ts";
import { type Direction, DIRECTIONS } from "../../lib/sync/types.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { useMay } from "./actor-context.tsx";
import { MissingRole } from "./missing-role.tsx";
import { directionInWords } from "./run-words.ts";
import { useSideNames } from "./use-side-names.ts";
import { onShellCommand } from "./shell-commands.ts";
import { useHasOnlyObjects } from "./use-of-objects.ts";
import { useSourceIds } from "./use-source.tsx";
import { useTrigger } from "./use-trigger.ts";

const PreviewDialog = dynamic(() => import("./preview-dialog.tsx").then((module) => module.PreviewDialog), {
  ssr: false,
});

const ICON = {
  bidirectional: ArrowLeftRight,
  file_to_database: Database,
  database_to_file: FileCode2,
} as const;

/** A button that syncs both ways, and a menu with the other directions and a preview of each. */
export function SyncNow() {
  const sync = useTrigger();
  const { may, why } = useMay("editor");
  const [preview, setPreview] = useState<Direction | null>(null);
  const { mutate } = sync;
  // With several sources a run in one direction needs a choice of source, which the preview offers.
  const { several } = useSourceIds();
  const onlyObjects = useHasOnlyObjects();
  useEffect(
    () =>
      onShellCommand((command) => {
        if (!may) return;
        if (command === "sync") mutate({});
        if (command === "preview" && !onlyObjects) setPreview("bidirectional");
      }),
    [may, mutate, onlyObjects],
  );
  if (!may) return <MissingRole why={why} short="View only" />;
  return (
    <>
      <div className="flex">
        <Button
          look="primary"
          className={onlyObjects ? "" : "rounded-r-none"}
          disabled={sync.isPending}
          onClick={() => sync.mutate({})}
        >
          <RefreshCw className={sync.isPending ? "animate-spin" : ""} aria-hidden />
          <span className="max-sm:sr-only">
            {sync.isPending ? "Syncing…" : several ? "Sync all" : "Sync now"}
          </span>
        </Button>
        {!onlyObjects && <MoreWays several={several} sync={sync} onPreview={setPreview} />}
      </div>
      {preview !== null && <PreviewDialog direction={preview} onClose={() => setPreview(null)} />}
    </>
  );
}

interface MoreWaysProps {
  several: boolean;
  sync: ReturnType<typeof useTrigger>;
  onPreview(direction: Direction): void;
}

function MoreWays({ several, sync, onPreview }: MoreWaysProps) {
  const names = useSideNames(undefined);
  return (
    <DropdownMenu
      trigger={
        <Button
          look="primary"
          size="icon"
          aria-label="More ways to sync"
          disabled={sync.isPending}
          className="border-l-background/40 -ml-px w-7 rounded-l-none"
        >
          <ChevronDown />
        </Button>
      }
    >
      <MenuLabel>{several ? "Preview one source, then apply" : "Preview, then apply"}</MenuLabel>
      {DIRECTIONS.map((direction) => (
        <MenuItem key={direction} onSelect={() => onPreview(direction)}>
          <ScanSearch aria-hidden /> {directionInWords(direction, names).text}…
        </MenuItem>
      ))}
      {!several && (
        <SyncAtOnce onSync={(direction) => sync.mutate({ direction: directionToWire(direction) })} />
      )}
    </DropdownMenu>
  );
}

/** The part of the menu that syncs in one direction without a preview. */
function SyncAtOnce({ onSync }: { onSync(direction: Direction): void }) {
  const names = useSideNames(undefined);
  return (
    <>
      <MenuSeparator />
      <MenuLabel>Sync at once</MenuLabel>
      {DIRECTIONS.map((direction) => {
        const Icon = ICON[direction];
        const { text, more } = directionInWords(direction, names);
        return (
          <MenuItem key={direction} onSelect={() => onSync(direction)}>
            <Icon aria-hidden />
            <span>
              {text}
              <span className="text-muted block text-xs">{more}</span>
            </span>
          </MenuItem>
        );
      })}
    </>
  );
}
