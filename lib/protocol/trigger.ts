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

/** What a client may ask of a run. `force` and `allow_deletes` are for admins only. */
export const triggerBodySchema = z
  .strictObject({
    direction: wireDirectionSchema.transform(directionFromWire).optional(),
    force: flag
      .optional()
      .describe(
        "The origin of a one-way run wins every conflict; a run in both directions only compares everything",
      ),
    allow_deletes: flag
      .optional()
      .describe("Confirms the deletions that halted a run; requires the plan_hash that the halted run named"),
    source: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe("The source to run; all sources run, parents first, when it is left out"),
    ids: z
      .array(z.string().min(1).max(1_000))
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        "Of a source of objects: only the objects with these keys, and with cascade what hangs below them",
      ),
    cascade: flag.optional().describe("Runs all dependents too, each after its parents"),
    plan_hash: planHashSchema
      .optional()
      .describe("Applies exactly the plan with this hash; otherwise the run is refused (409)"),
  })
  .meta({ id: "TriggerBody" });
export type TriggerBody = z.infer<typeof triggerBodySchema>;
/** The body as a client sends it. */
export type TriggerInput = z.input<typeof triggerBodySchema>;

export const putBackBodySchema = triggerBodySchema
  .pick({ source: true })
  .extend({ plan_hash: planHashSchema.describe("Of the halt; refused (409) when that is over") })
  .meta({ id: "PutBackBody" });
export type PutBackBody = z.infer<typeof putBackBodySchema>;

export const rollbackBodySchema = triggerBodySchema
  .pick({ allow_deletes: true, plan_hash: true })
  .extend({
    tasks: z
      .array(taskIdTextSchema)
      .min(1)
      .max(10_000)
      .optional()
      .describe("Undoes only what the run did to these tasks; all tasks when left out"),
  })
  .meta({ id: "RollbackBody" });
export type RollbackBody = z.infer<typeof rollbackBodySchema>;
