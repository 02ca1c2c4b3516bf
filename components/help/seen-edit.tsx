"use client";

import { useQuery } from "@tanstack/react-query";
import { call } from "../live/api.ts";
import { FieldDiffs } from "../shell/field-diffs.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { Link } from "../ui/link.tsx";

/** What a run has just carried: the first task that it changed, and where that stands in the file. */
export function SeenEdit({ run }: { run: string }) {
  const { data } = useQuery({
    queryKey: ["first-steps", run],
    queryFn: () => load(run),
    staleTime: Infinity,
  });
  const { side, isFile } = useSideNames(data?.source);
  if (!data) return null;
  const { change, source, line } = data;
  const query = source === "default" ? "" : `source=${encodeURIComponent(source)}&`;
  return (
    <div className="bg-hover flex flex-col gap-1.5 rounded-md p-2">
      <p className="text-xs font-medium">Seen: task {change.task_id}</p>
      {change.before !== null && change.after !== null && <FieldDiffs diffs={change.diff} />}
      {line !== null && (
        <Link href={`/file?${query}line=${line}`} className="text-accent-text text-xs underline">
          Line {line} of {isFile ? side : "its YAML"}
        </Link>
      )}
    </div>
  );
}

async function load(run_id: string) {
  const { run, changes } = await call("GET /api/sync/history/:run_id", {
    params: { run_id },
    query: { limit: "1" },
  });
  const [change] = changes;
  if (!change) return null;
  const file = await call("GET /api/sync/file", { query: { source: run.source } });
  const line = file.tasks.find(({ task_id }) => task_id === change.task_id)?.line ?? null;
  return { change, source: run.source, line };
}
