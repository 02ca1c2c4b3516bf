import { z } from "zod";
import { taskFieldsSchema } from "../task/schema.ts";
import { ACCESS_ROUTES } from "./access-routes.ts";
import { activitySchema } from "./activity.ts";
import { auditListSchema } from "./audit.ts";
import { auditCsvQuery, auditQuery } from "./audit-query.ts";
import {
  bulkResolveAnswerSchema,
  bulkResolveBodySchema,
  conflictListSchema,
  conflictSchema,
  resolveAnswerSchema,
  resolveBodySchema,
  resolvePreviewSchema,
} from "./conflict.ts";
import { BULK_ROUTES } from "./bulk-routes.ts";
import { backupAnswerSchema, backupListSchema, fileAnswerSchema, restoreBodySchema } from "./file.ts";
import { jsonMapSchema } from "./json.ts";
import { OBJECT_ROUTES } from "./object-routes.ts";
import { dryRunAnswerSchema } from "./plan.ts";
import { PRACTICE_ROUTES } from "./practice.ts";
import {
  activityQuery,
  editQuery,
  historyQuery,
  listConflictsQuery,
  listTasksQuery,
  noQuery,
  runQuery,
  sourceQuery,
  waitQuery,
} from "./query.ts";
import type { RouteSpec } from "./route-spec.ts";
import { historySchema, runAnswerSchema, runDetailSchema } from "./run.ts";
import { cronAnswerSchema, triggerAnswerSchema } from "./round.ts";
import { SOURCE_ROUTES } from "./source-routes.ts";
import { statsSchema } from "./stats.ts";
import { statusSchema } from "./status.ts";
import { editAnswerSchema, taskAnswerSchema, taskListSchema } from "./task.ts";
import { putBackBodySchema, rollbackBodySchema, triggerBodySchema } from "./trigger.ts";
import { VIEW_ROUTES } from "./view-routes.ts";

const taskBody = taskFieldsSchema.catchall(z.unknown()).meta({ id: "TaskInput" });
const taskPatch = taskFieldsSchema.partial().catchall(z.unknown()).meta({
  id: "TaskPatch",
  description: "JSON merge patch: only named keys change; null removes an unknown key and resets a known key",
});
const newTask = taskFieldsSchema.partial({ id: true }).catchall(z.unknown()).meta({ id: "NewTask" });
const edit = { requires: "editor", query: editQuery, answer: editAnswerSchema } as const;
const trigger = { requires: "editor", query: noQuery, body: triggerBodySchema, bodyOptional: true } as const;
const runTrigger = {
  ...trigger,
  query: waitQuery,
  adminKeys: ["force", "allow_deletes"],
  answer: triggerAnswerSchema,
} as const;
const cron = {
  summary: "Run the periodic sync from a crontab",
  requires: "cron",
  query: sourceQuery,
  answer: cronAnswerSchema,
} as const;
const okSchema = z.object({ status: z.string() });

/** Every route of the HTTP API: who may call it, what it takes and what it answers. */
export const ROUTES = {
  "GET /api/tasks": {
    summary: "List tasks",
    requires: "viewer",
    query: listTasksQuery,
    answer: taskListSchema,
  },
  "POST /api/tasks": {
    ...edit,
    summary: "Create a task",
    body: jsonMapSchema,
    bodyDoc: newTask,
    status: 201,
  },
  "GET /api/tasks/:id": {
    summary: "One task",
    requires: "viewer",
    query: sourceQuery,
    answer: taskAnswerSchema,
  },
  "PUT /api/tasks/:id": { ...edit, summary: "Replace a task", body: jsonMapSchema, bodyDoc: taskBody },
  "PATCH /api/tasks/:id": {
    ...edit,
    summary: "Change fields of a task",
    body: jsonMapSchema,
    bodyDoc: taskPatch,
  },
  "DELETE /api/tasks/:id": { ...edit, summary: "Delete a task" },
  ...BULK_ROUTES,
  "GET /api/sync/status": {
    summary: "How both sides stand",
    requires: "viewer",
    query: sourceQuery,
    answer: statusSchema,
  },
  "POST /api/events/ticket": {
    summary: "Make a ticket that opens one WebSocket (`/ws/sync?ticket=`) within 30 seconds",
    requires: "viewer",
    query: noQuery,
    answer: z.object({
      ticket: z.string().describe("Shown this once"),
      expires_in: z.int().describe("Seconds"),
    }),
    status: 201,
  },
  "GET /api/sync/conflicts": {
    summary: "List conflicts",
    requires: "viewer",
    query: listConflictsQuery,
    answer: conflictListSchema,
  },
  "GET /api/sync/conflicts/:id": {
    summary: "One conflict",
    requires: "viewer",
    query: noQuery,
    answer: z.object({ conflict: conflictSchema }),
  },
  "POST /api/sync/conflicts/:id/resolve": {
    summary: "Resolve one conflict",
    requires: "admin",
    query: noQuery,
    body: resolveBodySchema,
    answer: resolveAnswerSchema,
  },
  "POST /api/sync/conflicts/:id/preview": {
    summary: "Show what a choice would write on both sides; nothing is written",
    requires: "admin",
    query: noQuery,
    body: resolveBodySchema,
    answer: resolvePreviewSchema,
  },
  "POST /api/sync/conflicts/resolve": {
    summary: "Resolve many conflicts with one choice",
    requires: "admin",
    query: noQuery,
    body: bulkResolveBodySchema,
    answer: bulkResolveAnswerSchema,
  },
  "POST /api/sync/trigger": { ...runTrigger, summary: "Run a sync and wait for it" },
  "POST /api/sync": { ...runTrigger, summary: "Same as /api/sync/trigger" },
  "POST /api/sync/dry-run": {
    ...trigger,
    summary: "Show what a run would do; nothing is written",
    answer: dryRunAnswerSchema,
  },
  "GET /api/sync/history": {
    summary: "Runs, newest first",
    requires: "viewer",
    query: historyQuery,
    answer: historySchema,
  },
  "POST /api/sync/put-back": {
    summary: "Give a side the tasks back that it lost, for which a run halted",
    requires: "admin",
    query: noQuery,
    body: putBackBodySchema,
    answer: runAnswerSchema,
  },
  "GET /api/sync/history/:run_id": {
    summary: "One run with its changes",
    requires: "viewer",
    query: runQuery,
    answer: runDetailSchema,
  },
  "POST /api/sync/history/:run_id/rollback": {
    summary: "Undo a run on both sides, with a new run",
    requires: "admin",
    query: noQuery,
    body: rollbackBodySchema,
    bodyOptional: true,
    answer: runAnswerSchema,
  },
  "POST /api/sync/history/:run_id/preview": {
    summary: "Show what undoing a run would do; nothing is written",
    requires: "admin",
    query: noQuery,
    answer: dryRunAnswerSchema,
  },
  "GET /api/sync/activity": {
    summary: "Runs and changes over time",
    requires: "viewer",
    query: activityQuery,
    answer: activitySchema,
  },
  "GET /api/sync/stats": {
    summary: "Totals, rates and durations of runs, by source and period",
    requires: "viewer",
    query: activityQuery,
    answer: statsSchema,
  },
  "GET /api/sync/file": {
    summary: "The YAML file as it is on disk",
    requires: "viewer",
    query: sourceQuery,
    answer: fileAnswerSchema,
  },
  "GET /api/sync/backups": {
    summary: "Kept versions of the file, newest first",
    requires: "viewer",
    query: sourceQuery,
    answer: backupListSchema,
  },
  "GET /api/sync/backups/:name": {
    summary: "One kept version",
    requires: "viewer",
    query: sourceQuery,
    answer: backupAnswerSchema,
  },
  "POST /api/sync/backups/:name/restore": {
    summary: "Replace the file by a kept version, and carry it to the database with a run",
    requires: "admin",
    query: noQuery,
    body: restoreBodySchema,
    bodyOptional: true,
    answer: runAnswerSchema,
  },
  ...PRACTICE_ROUTES,
  ...VIEW_ROUTES,
  ...SOURCE_ROUTES,
  ...OBJECT_ROUTES,
  "GET /api/cron/sync": cron,
  "POST /api/cron/sync": cron,
  "GET /api/audit": {
    summary: "Who changed what",
    requires: "viewer",
    query: auditQuery,
    answer: auditListSchema,
  },
  "GET /api/audit.csv": {
    summary: "The audit entries as CSV, for spreadsheets",
    requires: "viewer",
    query: auditCsvQuery,
    answer: "csv",
  },
  ...ACCESS_ROUTES,
  "GET /api/health": {
    summary: "The process lives",
    requires: "open",
    query: z.object({}),
    answer: okSchema,
  },
  "GET /api/ready": {
    summary: "Whether the database answers and its schema is up to date",
    requires: "open",
    query: z.object({}),
    answer: okSchema,
  },
  "GET /api/metrics": {
    summary: "Prometheus metrics",
    requires: "viewer",
    query: z.object({}),
    answer: "text",
  },
  "GET /api/openapi.json": {
    summary: "This document",
    requires: "viewer",
    query: z.object({}),
    answer: jsonMapSchema,
  },
} as const satisfies Record<string, RouteSpec>;

export type RouteKey = keyof typeof ROUTES;
export const ROUTE_KEYS = Object.keys(ROUTES) as RouteKey[];

export function methodAndPath(key: RouteKey): { method: string; path: string } {
  const [method = "", path = ""] = key.split(" ");
  return { method, path };
}
