"use client";

import { Ban, ChevronDown, Clock, Play, SlidersHorizontal, Workflow } from "lucide-react";
import { Link } from "../ui/link.tsx";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { countsInWords, OUTCOME, plural } from "../shell/run-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { Progress } from "../ui/progress.tsx";
import { Time } from "../ui/time.tsx";
import { useSecond } from "../ui/page-clock.ts";
import { countdown } from "./minutes.ts";
import { useSourceActions } from "./source-actions.tsx";
import { standingOf } from "./source-words.ts";

export function Name({ source }: { source: SourceJson }) {
  const { open } = useSourceActions();
  const { depends_on: parents } = source.settings;
  return (
    <div className="min-w-0">
      <button
        type="button"
        onClick={() => open(source.id)}
        className="block max-w-full truncate text-left font-medium hover:underline"
      >
        {source.id}
      </button>
      <p className="text-muted truncate text-xs" title={source.path}>
        {parents.length > 0 ? <>after {parents.join(", ")}</> : source.path}
      </p>
    </div>
  );
}

export function StandingBadges({ source }: { source: SourceJson }) {
  const { text, tone, why } = standingOf(source);
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Badge tone={tone} dot {...(why === undefined ? {} : { title: why })}>
        {text}
      </Badge>
      {source.stale && source.removed_at === null && (
        <Badge
          tone="warn"
          title={
            source.last_success_at === null ? "No success yet" : `Last success ${source.last_success_at}`
          }
        >
          <Clock aria-hidden /> Stale
        </Badge>
      )}
    </span>
  );
}

export function LastRun({ source: { last_run: run, last_success_at: success } }: { source: SourceJson }) {
  if (!run)
    return <span className="text-muted text-xs">{success === null ? "never" : <Time at={success} />}</span>;
  const { text, tone } = OUTCOME[run.outcome];
  return (
    <Link href={`/history/${run.id}`} title={countsInWords(run.counts)} className="group block min-w-0">
      <Badge tone={tone}>{text}</Badge>
      <span className="text-muted block truncate text-xs group-hover:underline">
        <Time at={run.finished_at} />
      </span>
    </Link>
  );
}

/** A countdown to the next run, or the reason why none is planned. */
export function NextRun({ source, auto }: { source: SourceJson; auto: boolean }) {
  const now = useSecond();
  if (source.phase !== "idle")
    return (
      <Progress
        done={source.progress?.done ?? 0}
        total={source.progress?.total ?? null}
        label={`Running ${source.id}`}
      />
    );
  const { next_run_at: next } = source;
  if (next === null || source.removed_at !== null) {
    const why =
      source.removed_at !== null
        ? "removed"
        : !auto
          ? "automatic sync is off"
          : source.settings.is_sync_enabled
            ? "nothing planned"
            : "off";
    return <span className="text-muted text-xs">{why}</span>;
  }
  return (
    <time dateTime={next} title={next} className="tabular-nums">
      {now === 0 ? "" : countdown(Date.parse(next), now)}
    </time>
  );
}

/** The number of tasks or objects of a source, as a link to them. */
export function Contents({ source }: { source: SourceJson }) {
  const ofObjects = source.object_type !== null;
  const count = ofObjects ? source.objects : source.tasks;
  return (
    <Link
      href={
        ofObjects
          ? `/objects?source=${encodeURIComponent(source.id)}`
          : `/?sources=${encodeURIComponent(source.id)}`
      }
      className="tabular-nums hover:underline"
      aria-label={`${plural(count, ofObjects ? "object" : "task")} of ${source.id}`}
    >
      {count.toLocaleString("en")}
    </Link>
  );
}

export function Problems({ source }: { source: SourceJson }) {
  const { open } = useSourceActions();
  if (source.problems.length + source.conflicts === 0) return <span className="text-muted">–</span>;
  return (
    <span className="flex flex-col items-start gap-0.5 text-xs font-medium max-lg:items-end">
      {source.problems.length > 0 && (
        <button type="button" className="text-bad-text hover:underline" onClick={() => open(source.id)}>
          {plural(source.problems.length, "problem")}
        </button>
      )}
      {source.conflicts > 0 && (
        <Link
          href={`/conflicts?source=${encodeURIComponent(source.id)}`}
          className="text-warn-text hover:underline"
        >
          {plural(source.conflicts, "conflict")}
        </Link>
      )}
    </span>
  );
}

export function Actions({ source }: { source: SourceJson }) {
  const { run, runWhy, open } = useSourceActions();
  const blocked = runWhy ?? (source.removed_at === null ? undefined : "It is no longer in sources.yml");
  const running = source.phase !== "idle";
  return (
    <span className="flex items-center justify-end">
      <Button
        look="ghost"
        size="icon-small"
        aria-label={`Sync ${source.id} now`}
        title={blocked ?? "Sync now"}
        disabled={blocked !== undefined || running}
        onClick={() => run(source, false)}
      >
        {blocked === undefined ? <Play /> : <Ban />}
      </Button>
      <DropdownMenu
        trigger={
          <Button look="ghost" size="icon-small" aria-label={`More for ${source.id}`}>
            <ChevronDown />
          </Button>
        }
      >
        <MenuItem disabled={blocked !== undefined || running} onSelect={() => run(source, false)}>
          <Play aria-hidden /> Sync now
        </MenuItem>
        <MenuItem
          disabled={blocked !== undefined || running || source.dependents.length === 0}
          onSelect={() => run(source, true)}
        >
          <Workflow aria-hidden />
          <span>
            Sync with dependents
            <span className="text-muted block text-xs">
              {source.dependents.length === 0
                ? "nothing depends on it"
                : `${plural(source.dependents.length, "source")} directly, and their dependents`}
            </span>
          </span>
        </MenuItem>
        <MenuItem onSelect={() => open(source.id)}>
          <SlidersHorizontal aria-hidden /> Settings
        </MenuItem>
      </DropdownMenu>
    </span>
  );
}
