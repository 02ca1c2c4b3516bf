import { z } from "zod";
import { paginatorSchema, type PaginatorConfig } from "./paginator.ts";
import { fieldPath, jsonPath, map, text } from "./parts.ts";

export const paramValue = z
  .union([text, z.number(), z.boolean()], "must be a text, a number or true or false")
  .transform(String);

/** A path below base_url. */
export const apiPath = text
  .regex(/^\//, "must begin with /")
  .refine((value) => !/[?#]/.test(value), "must have neither ? nor #: use params")
  .refine((value) => !value.split("/").includes(".."), "must not have ..");

/** One collection of the API. Its settings as a source stand beside these keys. */
export const resourceSchema = map({
  id: text.describe("Of the source"),
  type: text.max(128).optional().describe("Of its objects; by default the id"),
  path: apiPath
    .describe(
      "Below base_url. {projects.id} takes each object of the resource `projects` in turn: one list for each",
    )
    .meta({ examples: ["/projects", "/projects/{projects.id}/phases"] }),
  item_path: apiPath
    .refine((value) => value.includes("{id}"), "needs {id}, for the object's key")
    .optional()
    .describe("Where one object is, so that it can be asked for by itself: /projects/{id}"),
  item_selector: jsonPath.default("$").describe("Where that answer has the object"),
  params: z.record(text, paramValue, "must be a map").default({}),
  data_selector: jsonPath.default("$").describe("Where the answer has the list of items"),
  primary_key: z
    .union([fieldPath, z.array(fieldPath).min(1).max(5)], "must be a field or a list of fields")
    .default("id")
    .transform((given) => [given].flat()),
  parent: map({ resource: text, field: fieldPath })
    .optional()
    .describe("For a flat list: the field of each item that names its parent, an object of that resource"),
  updated_at: fieldPath.optional().describe("The field that tells when the item was last changed"),
  paginator: paginatorSchema.optional(),
  incremental: map({
    cursor_path: fieldPath.describe("The field of an item that grows with every change: a time or a number"),
    start_param: text.describe("The parameter that leaves out what is older"),
    overlap: z
      .number("must be a number")
      .min(0)
      .default(60)
      .describe("So much before the last cursor is read again: seconds for times, otherwise a number"),
  }).optional(),
  full_every: z
    .number("must be a number of minutes")
    .min(0)
    .max(527_040)
    .default(1_440)
    .describe("Minutes between full pulls of an incremental resource; only a full pull finds deletions"),
}).meta({ id: "HttpResource" });

type ParsedResource = z.output<typeof resourceSchema>;

/** A resource that can be pulled: its paginator is known. */
export interface HttpResourceConfig extends Omit<ParsedResource, "type" | "parent" | "paginator"> {
  type: string;
  paginator: PaginatorConfig;
  /** The source of the parents; null for a resource that hangs from none. */
  parent: ParentLink | null;
}

export type ParentLink =
  /** One list for each parent: `{projects.id}` stands in the path. */
  | { source: string; kind: "path"; field: string }
  /** One list for all, whose items name their parent. */
  | { source: string; kind: "field"; field: string };

const PLACEHOLDER = /\{([A-Za-z0-9_][A-Za-z0-9._-]*?)\.([A-Za-z0-9_]+)\}/g;

/** The parents that a path or a parameter names as `{resource.field}`. */
export function placeholdersIn(value: string): { source: string; field: string }[] {
  return [...value.matchAll(PLACEHOLDER)].map(([, source = "", field = ""]) => ({ source, field }));
}

/** Puts the parent's field in place of `{resource.field}`. */
export function fillPlaceholders(value: string, fill: (field: string) => string): string {
  return value.replace(PLACEHOLDER, (_, _source: string, field: string) => fill(field));
}
