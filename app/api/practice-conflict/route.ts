import { makePracticeConflict, removePracticeConflict } from "../../../server/commands/practice-conflict.ts";
import { handle } from "../../../server/web/handler.ts";

export const POST = handle("POST /api/practice-conflict", ({ body, actor }) =>
  makePracticeConflict({ actor, source: body.source }),
);

export const DELETE = handle("DELETE /api/practice-conflict", ({ query, actor }) =>
  removePracticeConflict({ actor, source: query.source }),
);
