import { TasksPage } from "../../components/tasks/tasks-page.tsx";
import { listTasksQuery } from "../../lib/protocol/query.ts";
import { listTasks } from "../../server/queries/list-tasks.ts";
import { requirePageActor } from "../../server/web/page-actor.ts";

export default async function Page() {
  // A layout is not rendered again on every navigation, so each page checks the session itself.
  await requirePageActor();
  return <TasksPage first={await listTasks(listTasksQuery.parse({}))} />;
}
