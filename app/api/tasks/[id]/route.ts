import { deleteTask, patchTask, replaceTask } from "../../../../server/commands/edit-task.ts";
import { getTask } from "../../../../server/queries/get-task.ts";
import { editOptions, editResponse, taskResponse } from "../../../../server/web/edit-response.ts";
import { handle } from "../../../../server/web/handler.ts";

export const GET = handle("GET /api/tasks/:id", async ({ request, params, query }) =>
  taskResponse(request, await getTask(params.id, query.source)),
);

export const PUT = handle("PUT /api/tasks/:id", async (call) =>
  editResponse(await replaceTask(call.params.id, call.body, editOptions(call))),
);

export const PATCH = handle("PATCH /api/tasks/:id", async (call) =>
  editResponse(await patchTask(call.params.id, call.body, editOptions(call))),
);

export const DELETE = handle("DELETE /api/tasks/:id", async (call) =>
  editResponse(await deleteTask(call.params.id, editOptions(call))),
);
