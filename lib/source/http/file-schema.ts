import { z } from "zod";
import { csvSchema } from "../csv/csv-config.ts";
import { httpTasksSchema } from "../http-tasks/config.ts";
import { wireSettingsSchema } from "../settings.ts";
import { clientSchema } from "./client.ts";
import { map } from "./parts.ts";
import { resourceSchema } from "./resource.ts";

const settings = wireSettingsSchema.partial().shape;
const yamlFile = z.literal("yaml-file").default("yaml-file");

/** `sources.yml` as a whole, for editors. What is read is checked piece by piece, so that each problem has its place. */
const sourcesFileSchema = map({
  defaults: z.strictObject(settings).optional().describe("Settings for all sources"),
  sources: z
    .array(
      z.union([
        map({
          kind: yamlFile,
          id: z.string(),
          file: z.string().describe("Relative to this file"),
          ...settings,
        }),
        map({
          kind: yamlFile,
          id: z.string().optional().describe("With {name} or {path}, which each file replaces"),
          glob: z.string(),
          ...settings,
        }),
        map({
          kind: z.literal("http"),
          client: clientSchema,
          resources: z.array(resourceSchema.extend(settings)).min(1),
          ...settings,
        }).describe("Collections of an API, each of them a source of its own"),
        csvSchema
          .extend({ kind: z.literal("csv"), ...settings })
          .describe("A table in a CSV file, here or at an address"),
        httpTasksSchema
          .extend({ kind: z.literal("http_tasks"), ...settings })
          .describe("Tasks behind a REST API, kept in step both ways"),
      ]),
    )
    .min(1),
});

/** The JSON Schema of `sources.yml`, from the schemas that also check it. */
export function sourcesFileJsonSchema(): object {
  return {
    ...z.toJSONSchema(sourcesFileSchema, { io: "input", unrepresentable: "any", reused: "ref" }),
    title: "Lockstep: sources.yml",
  };
}
