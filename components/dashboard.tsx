"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { type Actor, mayActAs } from "../lib/protocol/actor.ts";
import type { ConflictListJson } from "../lib/protocol/conflict.ts";
import type { StatusJson } from "../lib/protocol/status.ts";
import type { TaskListJson } from "../lib/protocol/task.ts";
import { Button } from "./button.tsx";
import { ConflictList } from "./conflict-list.tsx";
import { SyncPanel } from "./sync-panel.tsx";
import { TaskList } from "./task-list.tsx";
import { useLiveUpdates } from "./use-live-updates.ts";

interface Props {
  actor: Actor;
  tasks: TaskListJson;
  status: StatusJson;
  conflicts: ConflictListJson;
}

/** Everything on one page; the server's first look is shown at once and kept up to date from then on. */
export function Dashboard(props: Props) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } }));
  return (
    <QueryClientProvider client={client}>
      <Content {...props} />
    </QueryClientProvider>
  );
}

function Content({ actor, tasks, status, conflicts }: Props) {
  const live = useLiveUpdates();
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 sm:p-6">
      <header className="flex flex-wrap items-center gap-4">
        <h1 className="text-2xl font-semibold">Lockstep</h1>
        <p role="status" className="text-sm text-neutral-600 dark:text-neutral-400">
          {live ? "Live" : "Connecting…"}
        </p>
        <form method="post" action="/signout" className="ml-auto flex items-center gap-3 text-sm">
          <span>
            {actor.name} ({actor.role})
          </span>
          <Button type="submit">Sign out</Button>
        </form>
      </header>
      <main className="flex flex-col gap-6">
        <SyncPanel initial={status} mayTrigger={mayActAs(actor, "editor")} mayConfirm={mayActAs(actor, "admin")} />
        <ConflictList initial={conflicts} mayResolve={mayActAs(actor, "admin")} />
        <TaskList initial={tasks} />
      </main>
    </div>
  );
}
