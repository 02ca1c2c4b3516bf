"use client";

import { ChevronDown, Clock, Files } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { Popover } from "../ui/popover.tsx";
import { badSources } from "./bad-sources.ts";
import { plural } from "./run-words.ts";
import { useStatus } from "./use-status.ts";

const SourcesList = dynamic(
  loadAgain(() => import("./sources-list.tsx").then((module) => module.SourcesList)),
  { ssr: false },
);

/** Opens the list of sources, because the bar shows only their sum. Hidden while there is only one source. */
export function SourcesButton() {
  const { data } = useStatus();
  const [open, setOpen] = useState(false);
  const sources = data.sources ?? [];
  if (sources.length < 2) return null;
  const stale = sources.filter((source) => source.stale).length;
  const bad = badSources(sources);
  return (
    <Popover
      label="Sources"
      align="start"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" look="ghost">
          <Files aria-hidden /> {plural(sources.length, "source")}
          {bad !== null && <span className="text-bad-text max-w-64 truncate">{bad}</span>}
          {stale > 0 && (
            <span className="text-warn-text flex items-center gap-1">
              <Clock aria-hidden /> {stale} stale
            </span>
          )}
          <ChevronDown className="!size-3" aria-hidden />
        </Button>
      }
    >
      <SourcesList sources={sources} onLeave={() => setOpen(false)} />
    </Popover>
  );
}
