import { changeView, removeView } from "../../../../server/commands/saved-views.ts";
import { handle } from "../../../../server/web/handler.ts";

export const PATCH = handle("PATCH /api/views/:id", ({ params, body, actor }) =>
  changeView(params.id, body, actor),
);

export const DELETE = handle("DELETE /api/views/:id", ({ params, actor }) => removeView(params.id, actor));
