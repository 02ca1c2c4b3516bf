"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "../lib/protocol/run.ts";
import type { StatusJson } from "../lib/protocol/status.ts";
import type { TriggerBody } from "../lib/protocol/trigger.ts";
import { api } from "./api.ts";
import { Button } from "./button.tsx";
import { HaltNotice } from "./halt-notice.tsx";
import { ErrorText, Panel } from "./panel.tsx";
import { ProblemList } from "./problem-list.tsx";
import { StatusLine } from "./status-line.tsx";

export function SyncPanel({ initial, mayTrigger, mayConfirm }: { initial: StatusJson; mayTrigger: boolean; mayConfirm: boolean }) {
  const client = useQueryClient();
  const { data: status } = useQuery({
    queryKey: ["status"],
    queryFn: () => api<StatusJson>("GET", "/api/sync/status"),
    initialData: initial,
  });
  const sync = useMutation({
    mutationFn: (body: TriggerBody) => api<{ run: RunSummary }>("POST", "/api/sync/trigger", body),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Panel
      title="Sync"
      aside={
        mayTrigger && (
          <Button look="primary" disabled={sync.isPending} onClick={() => sync.mutate({})}>
            {sync.isPending ? "Syncing…" : "Sync now"}
          </Button>
        )
      }
    >
      <StatusLine status={status} />
      {status.halt && (
        <HaltNotice
          halt={status.halt}
          mayConfirm={mayConfirm && !sync.isPending}
          onConfirm={(plan_hash) => sync.mutate({ allow_deletes: true, plan_hash })}
        />
      )}
      <ErrorText error={sync.error} />
      <ProblemList problems={status.problems} />
    </Panel>
  );
}
