import { z } from "zod";
import { taskIdTextSchema } from "./json.ts";
import { directionFromWire, WIRE_DIRECTIONS } from "./wire.ts";

/** Why a run happened. */
export const TRIGGERS = [
  "startup",
  "watch",
  "api",
  "database",
  "schedule",
  "cron",
  "manual",
  "resolution",
  "rollback",
] as const;
export const triggerKindSchema = z.enum(TRIGGERS);
export type Trigger = z.infer<typeof triggerKindSchema>;

export const wireDirectionSchema = z.enum(
  WIRE_DIRECTIONS,
  `must be one of ${Object.values(WIRE_DIRECTIONS).join(", ")}`,
);
export const planHashSchema = z.string().min(1, "must not be empty").max(128);

const flag = z.boolean("must be true or false");

/** What a person may ask of a run. `force` and `allow_deletes` are an admin's. */
export const triggerBodySchema = z
  .strictObject({
    direction: wireDirectionSchema.transform(directionFromWire).optional(),
    force: flag
      .optional()
      .describe("In a one-way run its origin wins every conflict; otherwise compare everything"),
    allow_deletes: flag
      .optional()
      .describe("Confirm the deletions that halted a run; takes the plan_hash it named"),
    source: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe("Which one; without it all of them, each in its turn"),
    cascade: flag.optional().describe("Its dependents too, each after those it depends on"),
    plan_hash: planHashSchema.optional().describe("Apply exactly the plan with this hash, or refuse (409)"),
  })
  .meta({ id: "TriggerBody" });
export type TriggerBody = z.infer<typeof triggerBodySchema>;
/** The body as a client sends it. */
export type TriggerInput = z.input<typeof triggerBodySchema>;

export const rollbackBodySchema = triggerBodySchema
  .pick({ allow_deletes: true, plan_hash: true })
  .extend({
    tasks: z
      .array(taskIdTextSchema)
      .min(1)
      .max(10_000)
      .optional()
      .describe("Only what the run did to these; all when left out"),
  })
  .meta({ id: "RollbackBody" });
export type RollbackBody = z.infer<typeof rollbackBodySchema>;
