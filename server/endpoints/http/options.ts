import type { HttpEndpointConfig } from "../../../lib/source/http/read-http.ts";
import type { ValueOf } from "../over-http/secrets.ts";

export interface HttpOptions extends HttpEndpointConfig {
  /** Values of the environment, for `${NAME}` in the configuration. */
  valueOf: ValueOf;
  /** Milliseconds of the clock by which tokens expire; left out: the machine's. */
  now?: () => number;
}
