import type { HttpClientConfig } from "../../../lib/source/http/client.ts";
import { HttpClient } from "./http-client.ts";
import type { ValueOf } from "./secrets.ts";

const clients = new Map<string, HttpClient>();

/** The sources of one API share its connections and limits as long as its configuration stays the same. */
export function sharedClient(config: HttpClientConfig, valueOf: ValueOf, now: () => number): HttpClient {
  const name = JSON.stringify(config);
  const client = clients.get(name) ?? new HttpClient(config, valueOf, now);
  clients.set(name, client);
  return client;
}
