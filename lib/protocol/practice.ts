import { z } from "zod";
import { sourceParam } from "./query.ts";

const practiceBodySchema = z.strictObject({ source: sourceParam });

const practiceAnswerSchema = z.object({
  conflict_id: z.uuid(),
  task_id: z.string(),
  source: z.string(),
});

const query = z.strictObject({ source: sourceParam });

/** A conflict to practise on, about a task of its own. */
export const PRACTICE_ROUTES = {
  "POST /api/practice-conflict": {
    summary: "Make a task of its own, of which file and database disagree, to practise deciding",
    requires: "admin",
    query: z.strictObject({}),
    body: practiceBodySchema,
    bodyOptional: true,
    answer: practiceAnswerSchema,
    status: 201,
  },
  "DELETE /api/practice-conflict": {
    summary: "Remove the practice task on both sides, decided or not",
    requires: "admin",
    query,
    answer: z.object({ removed: z.boolean() }),
  },
} as const;
