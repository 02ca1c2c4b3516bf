import { z } from "zod";
import { wireChoiceSchema } from "./conflict.ts";
import { taskIdTextSchema } from "./json.ts";
import { outcomeSchema, runCountsSchema } from "./run.ts";
import { triggerKindSchema } from "./trigger.ts";

/** The NOTIFY channel on which committed events travel from workers to every web process. */
export const EVENT_CHANNEL = "lockstep_events";

/** The most task ids that one event names, because a NOTIFY payload holds 8 000 bytes. */
export const MAX_EVENT_IDS = 40;

const ids = z
  .array(taskIdTextSchema)
  .describe("Ids as text; when `more` is true, some are left out, so fetch the list again");
const more = z.literal(true).optional();
const source = z.string();

/** An event as Lockstep publishes it inside; the relay adds the time. A new event is one entry here. */
export const eventSchema = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("schedule_config_updated"),
    source,
    run_id: z.uuid().optional(),
    by: z
      .string()
      .describe(
        "Who changed the file: `file` for an edit outside Lockstep, otherwise the actor who asked for the change",
      ),
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
      .describe(
        "The conflict is not new, but a side has changed again, so the conflict shows something else now",
      ),
  }),
  z.object({
    event: z.literal("sync_conflict_resolved"),
    source,
    conflict_id: z.uuid(),
    task_id: taskIdTextSchema,
    choice: wireChoiceSchema.nullable().describe("Null when the conflict closed without a choice"),
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
    event: z.literal("objects_changed"),
    source,
    type: z.string(),
    ids: z.array(z.string()).describe("Keys in the other system, also of objects that are gone there"),
    more,
  }),
  z.object({
    event: z.literal("object_field_changed"),
    source,
    type: z.string(),
    field: z.string(),
    before: z.array(z.string()).describe("The types that this field of the objects had so far"),
    after: z.string().describe("A type that it never had; the objects are stored as they are"),
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
    source: source
      .optional()
      .describe("The source whose settings changed; left out when sources were added or removed"),
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

/** An event as a client receives it on `/ws/sync`. Socket.IO emits the other members under the event's name. */
export type ClientEvent = LockstepEvent & { timestamp: string };
