"use client";

import { useQuery } from "@tanstack/react-query";
import type { ConflictListJson } from "../lib/protocol/conflict.ts";
import { api } from "./api.ts";
import { ConflictCard } from "./conflict-card.tsx";
import { ErrorText, Panel } from "./panel.tsx";

export function ConflictList({ initial, mayResolve }: { initial: ConflictListJson; mayResolve: boolean }) {
  const { data, error } = useQuery({
    queryKey: ["conflicts"],
    queryFn: () => api<ConflictListJson>("GET", "/api/sync/conflicts?state=pending"),
    initialData: initial,
  });
  return (
    <Panel title="Conflicts" aside={<span className="text-sm tabular-nums">{data.total}</span>}>
      <ErrorText error={error} />
      {data.total === 0 && <p className="text-sm">Both sides agree, or can be joined.</p>}
      <ul className="flex flex-col gap-4">
        {data.conflicts.map((conflict) => (
          <li key={conflict.conflict_id}>
            <ConflictCard conflict={conflict} mayResolve={mayResolve} />
          </li>
        ))}
      </ul>
      {data.next_cursor !== null && (
        <p className="mt-3 text-sm">The first {data.conflicts.length} are shown; the others follow as these are resolved.</p>
      )}
    </Panel>
  );
}
