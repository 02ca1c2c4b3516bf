import { redirect } from "next/navigation";
import { Dashboard } from "../components/dashboard.tsx";
import { listConflictsQuery, listTasksQuery } from "../lib/protocol/query.ts";
import { listConflicts } from "../server/queries/list-conflicts.ts";
import { listTasks } from "../server/queries/list-tasks.ts";
import { getStatus } from "../server/queries/status.ts";
import { pageActor } from "../server/web/page-actor.ts";

export default async function Page() {
  const actor = await pageActor();
  if (!actor) redirect("/signin/form");
  const [tasks, status, conflicts] = await Promise.all([
    listTasks(listTasksQuery.parse({})),
    getStatus(undefined),
    listConflicts(listConflictsQuery.parse({})),
  ]);
  return <Dashboard actor={actor} tasks={tasks} status={status} conflicts={conflicts} />;
}
