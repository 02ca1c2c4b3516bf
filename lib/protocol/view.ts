import { z } from "zod";

const nameSchema = z.string().trim().min(1, "must not be empty").max(60, "may have at most 60 characters");
const querySchema = z
  .string()
  .max(4_000, "may have at most 4000 characters")
  .refine((query) => !/^[/?#]/.test(query), "must be what follows the ? in the address")
  .describe(
    "Search, filters, order and columns, as the address of the page says them: `status=paused&sort=-next`",
  );

export const viewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    query: z.string(),
    shared: z.boolean().describe("Whether everyone has it in their menu"),
    own: z.boolean().describe("Whether the signed-in user saved it"),
    owner: z.string().describe("The name of the user who saved it"),
  })
  .meta({ id: "SavedView" });
export type ViewJson = z.infer<typeof viewSchema>;

export const viewBodySchema = z.strictObject({
  name: nameSchema,
  query: querySchema,
  shared: z.boolean().default(false),
});
export type NewView = z.infer<typeof viewBodySchema>;

export const viewPatchSchema = z
  .strictObject({ name: nameSchema, query: querySchema, shared: z.boolean() })
  .partial();
export type ViewPatch = z.infer<typeof viewPatchSchema>;
