import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";

/** The list in the words of a collection of objects, which is read in the same way. */
export function asResource({
  id,
  path,
  params,
  data_selector,
  paginator,
  map,
}: HttpTasksConfig): HttpResourceConfig {
  return {
    ...{ id, type: id, path, params, data_selector, paginator },
    item_selector: "$",
    primary_key: [map.id],
    parent: null,
    full_every: 0,
  };
}
