"use client";

import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { isRuntimeField } from "../../lib/task/fields.ts";
import { actorInWords } from "../audit/actor-words.ts";
import { FieldDiffs } from "../shell/field-diffs.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { call } from "../live/api.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";

const [ASKED, SHOWN] = [60, 6];

/** What programs have written into the task's runtime fields: all that is known of past runs. */
export function TaskReports({ task, timezone }: { task: TaskJson; timezone: string }) {
  const query = {
    task_id: String(task.id),
    source: task.source,
    action: "task_updated",
    limit: String(ASKED),
  };
  const { data, error, isPending } = useQuery({
    queryKey: ["audit", "reports", task.source, task.id],
    queryFn: () => call("GET /api/audit", { query }),
  });
  const names = useSideNames(task.source);
  const reports = (data?.entries ?? []).filter(isReport);
  return (
    <section>
      <h3 className="font-semibold">Reported by programs</h3>
      {isPending ? (
        <SkeletonRows label="Loading the reports" rows={2} />
      ) : error ? (
        <ErrorNote error={error} />
      ) : reports.length === 0 ? (
        <p className="text-muted text-sm">
          No program has reported a run of this task lately, by its status or its next run.
        </p>
      ) : (
        <ol className="divide-y">
          {reports.slice(0, SHOWN).map((entry) => (
            <li key={entry.id} className="flex flex-col gap-1 py-2">
              <p className="text-sm">
                <Time at={entry.at} timezone={timezone} show="zoned" />{" "}
                <span className="text-muted">by {actorInWords(entry, names).name}</span>
              </p>
              <FieldDiffs diffs={entry.diff.filter(({ field }) => isRuntimeField(field))} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** An edit of runtime fields by a token or over SQL, which is how programs that run tasks write. */
function isReport({ actor, diff }: AuditEntry): boolean {
  return /^(token|sql):/.test(actor) && diff.some(({ field }) => isRuntimeField(field));
}
