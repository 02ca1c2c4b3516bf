import type { YAMLMap } from "yaml";
import { clientSchema } from "../http/client.ts";
import { type Complain, readNode } from "../read-node.ts";
import { type CsvConfig, csvSchema } from "./csv-config.ts";

/** Reads one entry of `kind: csv`; null, with its problems told, when it cannot be used. */
export function readCsv(entry: YAMLMap, complain: Complain): CsvConfig | null {
  const read = readNode(csvSchema, entry, { name: "", unnamed: "a source of kind csv", complain });
  if (!read) return null;
  const { type, parent, client, file, url, ...rest } = read;
  if ((file === undefined) === (url === undefined)) {
    complain(entry, `${read.id} needs either \`file\` or \`url\``);
    return null;
  }
  if (file !== undefined && client) {
    complain(entry.get("client", true), `${read.id} has a file, so that no client is needed`);
    return null;
  }
  return {
    ...rest,
    type: type ?? read.id,
    parent: parent ? { source: parent.resource, kind: "field", field: parent.field } : null,
    from:
      file === undefined
        ? { url: url ?? "", client: clientSchema.parse({ ...client, base_url: new URL(url ?? "").origin }) }
        : { file },
  };
}
