import { z } from "zod";
import { wireChoiceSchema } from "./conflict.ts";
import { taskIdTextSchema } from "./json.ts";
import { outcomeSchema, runCountsSchema } from "./run.ts";
import { triggerKindSchema } from "./trigger.ts";

/** The NOTIFY channel on which committed events travel from workers to every web process. */
export const EVENT_CHANNEL = "lockstep_events";

/** The most task ids one event names: a NOTIFY payload holds 8 000 bytes. */
export const MAX_EVENT_IDS = 40;

const ids = z
  .array(taskIdTextSchema)
  .describe("Text; cut short when `more` is true: then fetch the list again");
const more = z.literal(true).optional();
const source = z.string();

/** As published inside Lockstep; the relay adds the time. A new event is one entry here. */
export const eventSchema = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("schedule_config_updated"),
    source,
    run_id: z.uuid().optional(),
    by: z
      .string()
      .describe("Who changed the file: `file` for an edit outside Lockstep, else the actor carried to it"),
    task_ids: ids,
    more,
  }),
  z.object({
    event: z.literal("sync_conflict_detected"),
    source,
    conflict_id: z.uuid(),
    task_id: taskIdTextSchema,
    refreshed: z
      .literal(true)
      .optional()
      .describe("Not a new one: a side has changed again, so it shows something else now"),
  }),
  z.object({
    event: z.literal("sync_conflict_resolved"),
    source,
    conflict_id: z.uuid(),
    task_id: taskIdTextSchema,
    choice: wireChoiceSchema.nullable().describe("Null when the conflict closed by itself"),
  }),
  z.object({
    event: z.literal("sync_status_changed"),
    source: source.optional(),
  }),
  z.object({
    event: z.literal("tasks_changed"),
    source,
    ids,
    more,
  }),
  z.object({
    event: z.literal("sync_round_changed"),
    round_id: z.uuid(),
    finished: z.boolean(),
  }),
  z.object({
    event: z.literal("sync_source_stale"),
    source,
    stale: z.boolean().describe("False: it has succeeded again"),
  }),
  z.object({
    event: z.literal("sync_sources_changed"),
    source: source.optional().describe("Its settings; without one: sources came or went"),
  }),
  z.object({
    event: z.literal("audit_changed"),
  }),
  z.object({
    event: z.literal("sync_run_finished"),
    source,
    run_id: z.uuid(),
    trigger: triggerKindSchema,
    outcome: outcomeSchema,
    counts: runCountsSchema,
  }),
]);
export type LockstepEvent = z.infer<typeof eventSchema>;
export type EventName = LockstepEvent["event"];
export const EVENT_NAMES = eventSchema.options.map(({ shape }) => shape.event.value);

/** As a client receives it on `/ws/sync`; Socket.IO emits the rest under the event's name. */
export type ClientEvent = LockstepEvent & { timestamp: string };
