import { z } from "zod";
import {
  bulkAnswerSchema,
  bulkBodySchema,
  bulkListSchema,
  bulkUndoAnswerSchema,
  bulkUndoPreviewSchema,
} from "./bulk.ts";
import { limitParam, noQuery } from "./query.ts";

/** Actions on many tasks at once. */
export const BULK_ROUTES = {
  "GET /api/bulk-actions": {
    summary: "Actions on many tasks, newest first",
    requires: "viewer",
    query: z.strictObject({ limit: limitParam }),
    answer: bulkListSchema,
  },
  "POST /api/bulk-actions": {
    summary: "Pause, resume or delete many tasks; it answers at once, and the action goes on",
    requires: "editor",
    query: noQuery,
    body: bulkBodySchema,
    answer: bulkAnswerSchema,
    status: 202,
  },
  "GET /api/bulk-actions/:id": {
    summary: "How far such an action is, and what it left out",
    requires: "viewer",
    query: noQuery,
    answer: bulkAnswerSchema,
  },
  "POST /api/bulk-actions/:id/stop": {
    summary: "Stop it; what was changed so far stays changed",
    requires: "editor",
    query: noQuery,
    answer: bulkAnswerSchema,
  },
  "GET /api/bulk-actions/:id/undo": {
    summary: "Show what undoing it would do; nothing is written",
    requires: "viewer",
    query: noQuery,
    answer: bulkUndoPreviewSchema,
  },
  "POST /api/bulk-actions/:id/undo": {
    summary: "Undo it in all sources; tasks that were edited since stay as they are",
    requires: "editor",
    query: noQuery,
    answer: bulkUndoAnswerSchema,
  },
} as const;
