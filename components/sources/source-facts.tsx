"use client";

import type { SourceJson } from "../../lib/protocol/source.ts";
import { Fact } from "../ui/fact.tsx";
import { Time } from "../ui/time.tsx";
import { Contents, LastRun, NextRun, StandingBadges } from "./source-cells.tsx";
import { standingOf } from "./source-words.ts";

/** The status of one source, in figures and in words. */
export function SourceFacts({ source, auto }: { source: SourceJson; auto: boolean }) {
  const { why } = standingOf(source);
  return (
    <section aria-label="How it stands" className="mb-5 flex flex-col gap-2">
      <StandingBadges source={source} />
      {why !== undefined && <p className="text-sm">{why}.</p>}
      {source.stale && source.removed_at === null && (
        <p className="text-warn-text text-sm">
          Stale:{" "}
          {source.last_success_at === null ? (
            "no success yet."
          ) : (
            <>
              its last success was <Time at={source.last_success_at} />, longer ago than allowed.
            </>
          )}
        </p>
      )}
      {source.last_skip && (
        <p className="text-muted text-sm">
          Skipped <Time at={source.last_skip.at} />: {source.last_skip.reason}
        </p>
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
        <Fact name="Last run">
          <LastRun source={source} />
        </Fact>
        <Fact name="Last success">
          <Time at={source.last_success_at} />
        </Fact>
        <Fact name="Next run">
          <NextRun source={source} auto={auto} />
        </Fact>
        <Fact name={source.object_type === null ? "Tasks" : "Objects"}>
          <Contents source={source} />
        </Fact>
        <Fact name="Followed by">
          {source.dependents.length === 0 ? "none" : source.dependents.join(", ")}
        </Fact>
      </dl>
    </section>
  );
}
