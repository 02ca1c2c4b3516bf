"use client";

import { CloudOff } from "lucide-react";
import { type ConnectionState as State, useConnection } from "../live/connection.tsx";
import { Badge, Dot } from "../ui/badge.tsx";

/** Whether the page receives changes as they happen. */
export function ConnectionState() {
  const state: State = useConnection();
  return (
    <div role="status" className="flex items-center text-xs">
      {state === "live" ? (
        <span className="text-muted flex items-center gap-1.5" title="Changes show by themselves">
          <Dot tone="ok" /> <span className="sr-only sm:not-sr-only">Live</span>
        </span>
      ) : state === "connecting" ? (
        <span className="text-muted flex items-center gap-1.5">
          <Dot tone="neutral" /> <span className="sr-only sm:not-sr-only">Connecting…</span>
        </span>
      ) : (
        <Badge tone="bad" title="What you see may be out of date. It comes back by itself.">
          <CloudOff aria-hidden /> Reconnecting…
        </Badge>
      )}
    </div>
  );
}
