import { parse } from "yaml";
import { clientSchema } from "../../../../lib/source/http/client.ts";
import { resourceSchema } from "../../../../lib/source/http/resource.ts";
import type { Collection } from "../../collection.ts";
import type { ValueOf } from "../../over-http/secrets.ts";
import { openCollection } from "../../registry.ts";

/**
 * The projects of the example upstream as a collection.
 * @param url of the running upstream.
 * @param resource YAML as in `sources.yml`, with a paginator.
 * @param client settings of the client beside or in place of those for tests.
 */
export function openProjects(
  url: string,
  resource: string,
  client: object = {},
  valueOf: ValueOf = () => undefined,
): Collection {
  const { paginator, ...rest } = resourceSchema.parse({ id: "projects", ...(parse(resource) as object) });
  const config = { base_url: url, allow_private: true, retries: 1, retry_delay_seconds: 0.05, ...client };
  if (!paginator) throw new Error("the test names no paginator");
  return openCollection("http", {
    client: clientSchema.parse(config),
    resource: { ...rest, type: "project", parent: null, paginator },
    valueOf,
  });
}
