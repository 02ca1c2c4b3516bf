import { noQuery } from "./query.ts";
import { roundAnswerSchema } from "./round.ts";
import { sourceAnswerSchema, sourceListSchema, sourcePatchSchema } from "./source.ts";

/** Sources, their settings, and rounds in which several of them run. */
export const SOURCE_ROUTES = {
  "GET /api/sources": {
    summary: "All sources with their settings and how they stand",
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
    summary: "Change settings of a source; null takes an edit back",
    requires: "admin",
    query: noQuery,
    body: sourcePatchSchema,
    answer: sourceAnswerSchema,
  },
  "GET /api/sync/rounds/:id": {
    summary: "How far a round of several sources is",
    requires: "viewer",
    query: noQuery,
    answer: roundAnswerSchema,
  },
} as const;
