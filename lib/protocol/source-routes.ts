import { olderFileAnswerSchema, olderFileBodySchema } from "./older-file.ts";
import { noQuery } from "./query.ts";
import { roundAnswerSchema } from "./round.ts";
import { sourceAnswerSchema, sourceListSchema, sourcePatchSchema } from "./source.ts";

/** Sources, their settings, and rounds in which several of them run. */
export const SOURCE_ROUTES = {
  "GET /api/sources": {
    summary: "All sources with their settings and state",
    requires: "viewer",
    query: noQuery,
    answer: sourceListSchema,
  },
  "GET /api/sources/:id": {
    summary: "One source",
    requires: "viewer",
    query: noQuery,
    answer: sourceAnswerSchema,
  },
  "PATCH /api/sources/:id": {
    summary: "Change settings of a source; null undoes an edit",
    requires: "admin",
    query: noQuery,
    body: sourcePatchSchema,
    answer: sourceAnswerSchema,
  },
  "POST /api/sources/:id/older-file": {
    summary: "Decide about an earlier version of the file that came back, for all of its tasks at once",
    requires: "admin",
    query: noQuery,
    body: olderFileBodySchema,
    answer: olderFileAnswerSchema,
  },
  "GET /api/sync/rounds/:id": {
    summary: "The progress of a round of several sources",
    requires: "viewer",
    query: noQuery,
    answer: roundAnswerSchema,
  },
} as const;
