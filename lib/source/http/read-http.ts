import { isMap, isSeq, type YAMLMap } from "yaml";
import type { z } from "zod";
import { type Complain, readNode } from "../read-node.ts";
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

/** Reads one entry of `kind: http`; what is wrong in it is told, and such resources are left out. */
export function readHttp(entry: YAMLMap, complain: Complain): ReadResource[] {
  const clientNode: unknown = entry.get("client", true);
  const list: unknown = entry.get("resources", true);
  if (!isMap(clientNode)) complain(clientNode ?? entry, "a source of kind http needs a map `client`");
  if (!isSeq(list) || list.items.length === 0) {
    complain(list ?? entry, "a source of kind http needs a list `resources` with at least one resource");
    return [];
  }
  const client = isMap(clientNode) ? readNode(clientSchema, clientNode, { name: "client", complain }) : null;
  return list.items.flatMap((node): ReadResource[] => {
    if (!isMap(node)) {
      complain(node, "a resource must be a map such as `{id: projects, path: /projects}`");
      return [];
    }
    const resource = readNode(resourceSchema, node, { name: "", unnamed: "a resource", complain });
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
