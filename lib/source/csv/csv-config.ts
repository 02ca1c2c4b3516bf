import { z } from "zod";
import { clientSchema } from "../http/client.ts";
import { fieldPath, map, text, webAddress } from "../http/parts.ts";

/** The address is that of the file, and nothing of it is cut into pages by its server. */
const { base_url: _base, paginator: _pages, ...downloadKeys } = clientSchema.shape;

/** A table in a CSV file (RFC 4180) whose first line names the columns. Its settings as a source stand beside these keys. */
export const csvSchema = map({
  id: text.describe("Of the source"),
  type: text.max(128).optional().describe("Of its objects; by default the id"),
  file: text.optional().describe("Relative to this file"),
  url: webAddress("client.auth").optional().describe("Where it is downloaded; instead of `file`"),
  client: map(downloadKeys).optional().describe("How it is downloaded: headers, auth, limits and time-outs"),
  delimiter: z
    .string("must be text")
    .length(1, "must be one character")
    .default(",")
    .describe("Between two columns"),
  primary_key: z
    .union([fieldPath, z.array(fieldPath).min(1).max(5)], "must be a column or a list of columns")
    .default("id")
    .transform((given) => [given].flat()),
  parent: map({ resource: text, field: fieldPath })
    .optional()
    .describe("The column that names the parent of each row, an object of that source"),
  updated_at: fieldPath.optional().describe("The column that tells when the row was last changed"),
}).meta({ id: "CsvSource" });

type ParsedCsv = z.output<typeof csvSchema>;

/** A CSV file that can be pulled. */
export interface CsvConfig extends Omit<ParsedCsv, "type" | "parent" | "client" | "file" | "url"> {
  type: string;
  parent: { source: string; kind: "field"; field: string } | null;
  /** Where it is: a file, or an address with the client that downloads it. */
  from: { file: string } | { url: string; client: z.output<typeof clientSchema> };
}
