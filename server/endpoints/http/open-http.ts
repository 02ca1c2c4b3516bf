import { HttpClient } from "./http-client.ts";
import { HttpCollection } from "./http-collection.ts";
import type { HttpOptions } from "./options.ts";

/** Resources of one API share its connections and limits as long as its configuration stays the same. */
const clients = new Map<string, HttpClient>();

export function openHttp({
  client: config,
  resource,
  valueOf,
  now = () => Date.now(),
}: HttpOptions): HttpCollection {
  const name = JSON.stringify(config);
  const client = clients.get(name) ?? new HttpClient(config, valueOf, now);
  clients.set(name, client);
  return new HttpCollection(client, resource);
}
