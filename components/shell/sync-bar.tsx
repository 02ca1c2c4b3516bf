"use client";

import { GitCompareArrows, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { Link } from "../ui/link.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { loadAgain } from "../ui/load-again.ts";
import { Progress } from "../ui/progress.tsx";
import { Time } from "../ui/time.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { shellCommand } from "./shell-commands.ts";
import { SyncNow } from "./sync-now.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { countsInWords, OUTCOME, PHASE, plural, SYNC_STATUS } from "./run-words.ts";
import { useStatus } from "./use-status.ts";

// Loaded on demand, because most of the time none is shown.
const ProblemsButton = dynamic(
  loadAgain(() => import("./problems-button.tsx").then((module) => module.ProblemsButton)),
);
const Banners = dynamic(loadAgain(() => import("./banners.tsx").then((module) => module.Banners)));
const SourcesButton = dynamic(
  loadAgain(() => import("./sources-button.tsx").then((module) => module.SourcesButton)),
);

/** The bar that is always visible: sync status, running and next run, and what waits for a person. */
export function SyncBar() {
  const { data: status } = useStatus();
  const isUnreadable = [status, ...(status.sources ?? [])].some(
    ({ sync_status_reason }) => sync_status_reason?.code === "file_unreadable",
  );
  return (
    <header aria-label="Sync" className="bg-surface shrink-0 border-b">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-1.5 sm:px-4">
        <div className="md:hidden">
          <AccountMenu compact />
        </div>
        <Standing />
        <div className="ml-auto flex items-center gap-2">
          <ConnectionState />
          <PaletteButton />
          <SyncNow />
        </div>
      </div>
      <RunProgress />
      {(isUnreadable || status.halt || status.older_file) && <Banners />}
    </header>
  );
}

function PaletteButton() {
  return (
    <Button
      look="ghost"
      size="icon"
      aria-label="Commands (Ctrl K)"
      title="Commands (Ctrl K)"
      onClick={() => shellCommand("palette")}
    >
      <Search />
    </Button>
  );
}

function Standing() {
  const { data: status } = useStatus();
  const { text, tone, title } = SYNC_STATUS[status.sync_status];
  return (
    <>
      <div role="status" aria-label="Sync status">
        <Badge tone={tone} dot title={status.sync_status_reason?.message ?? title}>
          {text}
        </Badge>
      </div>
      {(status.sources ?? []).length > 1 && <SourcesButton />}
      {status.stale && (status.sources ?? []).length < 2 && (
        <Badge
          tone="warn"
          title={
            status.last_success_at === null ? "No success yet" : `Last success ${status.last_success_at}`
          }
        >
          Stale
        </Badge>
      )}
      {status.conflicts > 0 && (
        <Link
          href="/conflicts"
          className="text-warn-text flex items-center gap-1 text-xs font-medium hover:underline"
        >
          <GitCompareArrows className="size-3.5" aria-hidden /> {plural(status.conflicts, "conflict")}
        </Link>
      )}
      {status.problems.length > 0 && <ProblemsButton />}
      {status.pending > 0 && (
        <span className="text-muted text-xs">{plural(status.pending, "task")} waiting</span>
      )}
      <LastAndNext />
    </>
  );
}

function LastAndNext() {
  const { data: status } = useStatus();
  const { last_run: last, next_run_at: next } = status;
  return (
    <p className="text-muted hidden text-xs lg:block">
      {last ? (
        <Link
          href={`/history/${last.id}`}
          className="hover:text-text hover:underline"
          title={countsInWords(last.counts)}
        >
          Last run {OUTCOME[last.outcome].text.toLowerCase()} <Time at={last.finished_at} />
        </Link>
      ) : (
        "No run yet"
      )}
      {" · "}
      {status.auto_sync ? (
        next === null ? (
          "watching"
        ) : (
          <>
            next check <Time at={next} />
          </>
        )
      ) : (
        "automatic sync is off"
      )}
    </p>
  );
}

/** The progress of the present run. */
function RunProgress() {
  const { data: status } = useStatus();
  if (status.phase === "idle") return null;
  const { progress, phase } = status;
  return (
    <div className="flex items-center gap-3 px-4 pb-2 text-xs">
      <span className="whitespace-nowrap">
        {PHASE[phase]}
        {progress && progress.total > 0 && (
          <span className="text-muted tabular-nums">
            {" "}
            {progress.done.toLocaleString("en")} of {progress.total.toLocaleString("en")}
          </span>
        )}
      </span>
      <Progress done={progress?.done ?? 0} total={progress?.total ?? null} label={PHASE[phase]} />
    </div>
  );
}
