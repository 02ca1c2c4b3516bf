"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type HistoryJson, OUTCOMES } from "../../lib/protocol/run.ts";
import { TRIGGERS } from "../../lib/protocol/trigger.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { BulkList } from "../bulk/bulk-list.tsx";
import { OUTCOME } from "../shell/run-words.ts";
import { useSideNames } from "../shell/use-side-names.ts";
import { SourceSelect } from "../shell/use-source.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Select } from "../ui/select.tsx";
import { ActivityPanel } from "./activity-panel.tsx";
import { RunTimeline } from "./run-timeline.tsx";
import { triggerInWords } from "./trigger-words.ts";
import type { RunFilter } from "./use-runs.ts";

const OUTCOME_OPTIONS = [
  { value: "all" as const, label: "Every outcome" },
  ...OUTCOMES.map((value) => ({ value, label: OUTCOME[value].text })),
];
const triggersOf = (names: SideNames) => [
  { value: "all" as const, label: "Every trigger" },
  ...TRIGGERS.map((value) => ({ value, label: triggerInWords(value, names) })),
];

/** The runs, newest first, and a chart of them over time. The address keeps the filter. */
export function HistoryPage({ first }: { first: HistoryJson }) {
  const pathname = usePathname();
  const router = useRouter();
  const search = useSearchParams();
  const filter: RunFilter = {
    outcome: OUTCOMES.find((value) => value === search.get("outcome")) ?? "all",
    trigger: TRIGGERS.find((value) => value === search.get("trigger")) ?? "all",
    source: search.get("source") ?? undefined,
  };
  const names = useSideNames(filter.source);
  const change = (next: Partial<RunFilter>) => {
    const query = new URLSearchParams(
      Object.entries({ ...filter, ...next }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "all",
      ),
    );
    router.replace(query.size === 0 ? pathname : `${pathname}?${query}`);
  };
  return (
    <>
      <PageHeader
        title="History"
        aside={
          <>
            <SourceSelect objects value={filter.source} onChange={(source) => change({ source })} />
            <Select
              label="Outcome"
              options={OUTCOME_OPTIONS}
              value={filter.outcome}
              onValueChange={(outcome) => change({ outcome })}
            />
            <Select
              label="Trigger"
              options={triggersOf(names)}
              value={filter.trigger}
              onValueChange={(trigger) => change({ trigger })}
            />
          </>
        }
      />
      <div className="flex flex-col gap-5 px-4 pb-8 sm:px-6">
        <ActivityPanel source={filter.source} />
        <BulkList />
        <RunTimeline
          filter={filter}
          first={first}
          onClearFilter={() => change({ outcome: "all", trigger: "all", source: undefined })}
        />
      </div>
    </>
  );
}
