import { z } from "zod";
import { noQuery } from "./query.ts";
import { viewBodySchema, viewPatchSchema, viewSchema } from "./view.ts";

/** For signed-in users, because a token has no views. */
const person = { requires: "viewer", query: noQuery } as const;

/** Views of the task list that people keep. */
export const VIEW_ROUTES = {
  "GET /api/views": {
    ...person,
    summary: "The saved views of the signed-in user, and those that others share",
    answer: z.object({ views: z.array(viewSchema) }),
  },
  "POST /api/views": {
    ...person,
    summary: "Save a view; sharing it with everyone requires an editor",
    body: viewBodySchema,
    answer: z.object({ view: viewSchema }),
    status: 201,
  },
  "PATCH /api/views/:id": {
    ...person,
    summary: "Rename, change or share one's own view",
    body: viewPatchSchema,
    answer: z.object({ view: viewSchema }),
  },
  "DELETE /api/views/:id": {
    ...person,
    summary: "Remove one's own view; an admin may remove any that is shared",
    answer: z.object({ view: viewSchema }),
  },
} as const;
