import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { z } from "zod";
import { SETTING_NAMES } from "../settings.ts";
import { clientSchema, type HttpClientConfig } from "./client.ts";
import { type HttpResourceConfig, placeholdersIn, resourceSchema } from "./resource.ts";

/** A resource as `sources.yml` has it, with the client that it shares. */
export interface HttpEndpointConfig {
  client: HttpClientConfig;
  resource: HttpResourceConfig;
}

export interface ReadResource {
  http: HttpEndpointConfig;
  node: YAMLMap;
}

/** Tells a problem at a node of the document. */
export type Complain = (node: unknown, message: string) => void;

const SETTINGS = new Set<string>(SETTING_NAMES);

/** Reads one entry of `kind: http`; what is wrong in it is told, and such resources are left out. */
export function readHttp(entry: YAMLMap, complain: Complain): ReadResource[] {
  const clientNode: unknown = entry.get("client", true);
  const list: unknown = entry.get("resources", true);
  if (!isMap(clientNode)) complain(clientNode ?? entry, "a source of kind http needs a map `client`");
  if (!isSeq(list) || list.items.length === 0) {
    complain(list ?? entry, "a source of kind http needs a list `resources` with at least one resource");
    return [];
  }
  const client = isMap(clientNode) ? read(clientSchema, clientNode, "client", complain) : null;
  return list.items.flatMap((node): ReadResource[] => {
    if (!isMap(node)) {
      complain(node, "a resource must be a map such as `{id: projects, path: /projects}`");
      return [];
    }
    const resource = read(resourceSchema, node, "", complain);
    const whole = resource && client && complete(resource, client, node, complain);
    return whole && client ? [{ http: { client, resource: whole }, node }] : [];
  });
}

function complete(
  { type, parent, paginator, ...resource }: z.output<typeof resourceSchema>,
  client: HttpClientConfig,
  node: YAMLMap,
  complain: Complain,
): HttpResourceConfig | null {
  const pages = paginator ?? client.paginator;
  if (!pages) {
    complain(
      node,
      `${resource.id} needs a paginator, here or in the client; {type: single_page} if it has one page`,
    );
    return null;
  }
  const named = [resource.path, ...Object.values(resource.params)].flatMap(placeholdersIn);
  const sources = [...new Set(named.map(({ source }) => source))];
  if (sources.length > 1 || (sources.length === 1 && parent)) {
    complain(
      node.get("path", true),
      `${resource.id} can hang from one resource only, not from ${sources.join(", ")}`,
    );
    return null;
  }
  const [first] = named;
  const link: HttpResourceConfig["parent"] = first
    ? { source: first.source, kind: "path", field: first.field }
    : parent
      ? { source: parent.resource, kind: "field", field: parent.field }
      : null;
  return { ...resource, type: type ?? resource.id, paginator: pages, parent: link };
}

/** What the schema makes of the node, without a source's settings; null, with its problems told, if it does not fit. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  node: YAMLMap,
  name: string,
  complain: Complain,
): z.output<Schema> | null {
  const plain = node.toJSON() as Record<string, unknown>;
  const own = Object.fromEntries(Object.entries(plain).filter(([key]) => name !== "" || !SETTINGS.has(key)));
  const parsed = schema.safeParse(own);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    const where = [name, ...issue.path.map(String)].filter(Boolean).join(".");
    complain(
      nodeAt(node, [...issue.path, ...keys]),
      `${where === "" ? "a resource" : where} ${issue.message}`,
    );
  }
  return null;
}

/** The deepest node on the way that is there. */
function nodeAt(node: YAMLMap, path: readonly PropertyKey[]): unknown {
  let at: unknown = node;
  for (const key of path) {
    const pair = isMap(at) ? at.items.find((each) => keyOf(each) === String(key)) : undefined;
    const next: unknown = pair ? (pair.value ?? pair) : isSeq(at) ? at.items[Number(key)] : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}
