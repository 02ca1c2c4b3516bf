import type { HttpTasksConfig } from "../../../lib/source/http-tasks/config.ts";
import type { ValueOf } from "../over-http/secrets.ts";

export interface HttpTasksOptions {
  config: HttpTasksConfig;
  /** Values of the environment, for `${NAME}` in the configuration. */
  valueOf: ValueOf;
  /** Milliseconds of the clock; left out: the machine's. */
  now?: () => number;
}
