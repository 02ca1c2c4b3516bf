import { z } from "zod";
import { FIELD_NAMES, type FieldName } from "../../task/fields.ts";
import { clientSchema, type HttpClientConfig } from "../http/client.ts";
import { type PaginatorConfig, paginatorSchema } from "../http/paginator.ts";
import { fieldPath, jsonPath, map, text } from "../http/parts.ts";
import { apiPath, paramValue } from "../http/resource.ts";
import { type Expression, expressionSchema } from "./expression.ts";

const fields = Object.fromEntries(
  FIELD_NAMES.filter((name) => name !== "params").map((name) => [name, expressionSchema.optional()]),
) as Record<Exclude<FieldName, "params">, z.ZodOptional<typeof expressionSchema>>;

export const mapSchema = z
  .object(
    {
      id: fieldPath.describe("The field of theirs that is the task's id here"),
      ...fields,
      skill_name: expressionSchema,
      schedule_cron: expressionSchema,
      params: z
        .union(
          [expressionSchema, z.record(text, expressionSchema)],
          "must be a field of theirs, or a map of names and such fields",
        )
        .optional(),
      updated_at: fieldPath.optional().describe("The field that tells when the task was last changed"),
    },
    "must be a map of our fields and theirs",
  )
  .catchall(expressionSchema);

const body = z
  .json()
  .optional()
  .describe("With {status}, {params.budget} for our values and {item.id} for theirs; left out: from `map`");
const write = (method: "POST" | "PUT" | "PATCH" | "DELETE", path: string) =>
  map({
    method: z.enum(["POST", "PUT", "PATCH", "DELETE"], "must be POST, PUT, PATCH or DELETE").default(method),
    path: apiPath.optional().describe(`Left out: ${path}`),
    body,
  });

const writesSchema = map({
  create: write("POST", "the path of the list")
    .optional()
    .describe("Left out: tasks that are created here stay here, and are held"),
  update: write("PATCH", "item_path")
    .optional()
    .describe("Left out: their fields cannot be changed from here"),
  delete: write("DELETE", "item_path").optional().describe("Left out: tasks that are deleted here are held"),
  if_match: z
    .boolean("must be true or false")
    .default(true)
    .describe("Sends the task's ETag as If-Match, where the API gives one"),
  idempotency_header: text.default("Idempotency-Key").describe("The header that makes a creation count once"),
});

/** Tasks behind a REST API, kept in step both ways. Its settings as a source stand beside these keys. */
export const httpTasksSchema = map({
  id: text.describe("Of the source"),
  client: clientSchema,
  path: apiPath.describe("Of the list of tasks, below base_url"),
  params: z.record(text, paramValue, "must be a map").default({}),
  data_selector: jsonPath.default("$").describe("Where the answer has the list of tasks"),
  paginator: paginatorSchema.optional(),
  item_path: apiPath
    .optional()
    .describe("Where one task is: /tasks/{item.id} with a field of theirs, or /tasks/{id} with our id"),
  item_selector: jsonPath.default("$").describe("Where an answer about one task has it"),
  watch_seconds: z
    .number("must be a number of seconds")
    .min(0.05)
    .max(86_400)
    .optional()
    .describe("How often the list is looked at between two runs; left out: only each run reads it"),
  map: mapSchema.describe("Our fields from theirs"),
  writes: writesSchema.prefault({}),
}).meta({ id: "HttpTasks" });

type ParsedHttpTasks = z.output<typeof httpTasksSchema>;
export type WriteConfig = NonNullable<ParsedHttpTasks["writes"]["create"]>;
export type TaskMap = ParsedHttpTasks["map"];

/** A source of tasks that can be read: its paginator is known. */
export interface HttpTasksConfig extends Omit<ParsedHttpTasks, "paginator" | "client"> {
  client: HttpClientConfig;
  paginator: PaginatorConfig;
}

/** A value of ours, by its path in the task, with what it comes from. */
export interface MappedPath {
  path: string[];
  from: Expression;
}

/** Every value that the map names, but the id and the stamp. */
export function mappedPaths({ id: _id, updated_at: _stamp, params, ...rest }: TaskMap): MappedPath[] {
  const single = Object.entries(rest).flatMap(([name, from]): MappedPath[] =>
    from === undefined ? [] : [{ path: [name], from: from as Expression }],
  );
  if (params === undefined) return single;
  const one = expressionSchema.safeParse(params);
  if (one.success) return [...single, { path: ["params"], from: one.data }];
  const parts = Object.entries(params as Record<string, Expression>);
  return [...single, ...parts.map(([name, from]) => ({ path: ["params", name], from }))];
}
