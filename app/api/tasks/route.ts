import { createTask } from "../../../server/commands/edit-task.ts";
import { listTasks } from "../../../server/queries/list-tasks.ts";
import { editResponse } from "../../../server/web/edit-response.ts";
import { handle } from "../../../server/web/handler.ts";

export const GET = handle("GET /api/tasks", ({ query }) => listTasks(query));

export const POST = handle("POST /api/tasks", async ({ actor, query, body }) =>
  editResponse(await createTask(body, { actor, ...query }), 201),
);
