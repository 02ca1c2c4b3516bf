"use client";

import { Clock, RefreshCw } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { SourceStatusJson } from "../../lib/protocol/status.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import { useMay } from "./actor-context.tsx";
import { PHASE, SYNC_STATUS } from "./run-words.ts";
import { useTrigger } from "./use-trigger.ts";

/** The most sources listed here; the page of sources lists all. */
const MOST = 12;

/** The sources. Running sources and sources that need a person come first. */
export function SourcesList({ sources, onLeave }: { sources: readonly SourceStatusJson[]; onLeave(): void }) {
  const sync = useTrigger();
  const { may, why } = useMay("editor");
  const worst = [...sources].sort((a, b) => rank(a) - rank(b));
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col">
        {worst.slice(0, MOST).map((source) => (
          <li key={source.id} className="flex items-center gap-2 border-b py-1.5 last:border-b-0">
            <Link
              href={`/ui/sync-intervals?open=${encodeURIComponent(source.id)}`}
              onClick={onLeave}
              className="min-w-0 flex-1 truncate font-medium hover:underline"
            >
              {source.id}
            </Link>
            {source.stale && (
              <Badge tone="warn">
                <Clock aria-hidden /> Stale
              </Badge>
            )}
            <StandingOf source={source} />
            <span className="text-muted hidden w-24 text-right text-xs sm:block">
              <Time at={source.last_success_at} />
            </span>
            <Button
              look="ghost"
              size="icon-small"
              aria-label={`Sync ${source.id} now`}
              title={why ?? "Sync now"}
              disabled={!may || sync.isPending}
              onClick={() => sync.mutate({ source: source.id })}
            >
              <RefreshCw />
            </Button>
          </li>
        ))}
      </ul>
      <Link href="/ui/sync-intervals" onClick={onLeave} className="text-accent-text text-xs underline">
        {sources.length > MOST
          ? `All ${sources.length} sources, with their intervals and dependencies`
          : "Intervals and dependencies"}
      </Link>
    </div>
  );
}

function StandingOf({ source }: { source: SourceStatusJson }) {
  if (source.phase !== "idle")
    return (
      <Badge tone="accent" dot>
        {PHASE[source.phase]}
      </Badge>
    );
  if (source.halted)
    return (
      <Badge tone="bad" dot>
        Halted
      </Badge>
    );
  if (source.problems > 0)
    return (
      <Badge tone="bad" dot>
        Problems
      </Badge>
    );
  const { text, tone, title } = SYNC_STATUS[source.sync_status];
  return (
    <Badge tone={tone} dot title={source.sync_status_reason?.message ?? title}>
      {text}
    </Badge>
  );
}

function rank({ phase, halted, problems, stale, conflicts, sync_status }: SourceStatusJson): number {
  if (phase !== "idle") return 0;
  if (halted || problems > 0) return 1;
  if (stale) return 2;
  return conflicts > 0 ? 3 : sync_status === "synced" ? 5 : 4;
}
