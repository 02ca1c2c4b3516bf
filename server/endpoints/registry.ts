import type { Collection } from "./collection.ts";
import { CsvCollection } from "./csv/csv-collection.ts";
import type { CsvOptions } from "./csv/options.ts";
import type { Endpoint } from "./endpoint.ts";
import { openHttp } from "./http/open-http.ts";
import type { HttpOptions } from "./http/options.ts";
import { HttpTasks } from "./http-tasks/http-tasks.ts";
import type { HttpTasksOptions } from "./http-tasks/options.ts";
import type { YamlFileOptions } from "./yaml-file/options.ts";
import { YamlFile } from "./yaml-file/yaml-file.ts";

/** Every kind of endpoint, by its name in the settings. A new kind is a folder and a line here. */
const KINDS = {
  "yaml-file": (options: YamlFileOptions): Endpoint => new YamlFile(options),
  http_tasks: (options: HttpTasksOptions): Endpoint => new HttpTasks(options),
};

export type EndpointKind = keyof typeof KINDS;
type AllOptions = { [Kind in EndpointKind]: Parameters<(typeof KINDS)[Kind]>[0] };
export type EndpointOptions<Kind extends EndpointKind> = AllOptions[Kind];

export function openEndpoint<Kind extends EndpointKind>(
  kind: Kind,
  options: EndpointOptions<Kind>,
): Endpoint {
  const openers: { [Each in EndpointKind]: (given: AllOptions[Each]) => Endpoint } = KINDS;
  return openers[kind](options);
}

/** Every kind of collection, which is pulled one way. */
const COLLECTIONS = {
  http: (options: HttpOptions): Collection => openHttp(options),
  csv: (options: CsvOptions): Collection => new CsvCollection(options),
};

type CollectionKind = keyof typeof COLLECTIONS;
type CollectionOptions = { [Kind in CollectionKind]: Parameters<(typeof COLLECTIONS)[Kind]>[0] };

export function openCollection<Kind extends CollectionKind>(
  kind: Kind,
  options: CollectionOptions[Kind],
): Collection {
  const openers: { [Each in CollectionKind]: (given: CollectionOptions[Each]) => Collection } = COLLECTIONS;
  return openers[kind](options);
}
