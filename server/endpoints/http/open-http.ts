import { HttpCollection } from "./http-collection.ts";
import type { HttpOptions } from "./options.ts";
import { sharedClient } from "../over-http/shared-client.ts";

export function openHttp({ client, resource, valueOf, now = () => Date.now() }: HttpOptions): HttpCollection {
  return new HttpCollection(sharedClient(client, valueOf, now), resource);
}
