import { Agent, type Dispatcher, interceptors } from "undici";
import type { HttpClientConfig } from "../../../lib/source/http/client.ts";
import { guardedConnector } from "./addresses.ts";

const KEEP_ALIVE_MS = 10_000;
const MOST_REDIRECTS = 3;
const LONGEST_DELAY_MS = 60_000;
const RETRIED = [408, 425, 429, 500, 502, 503, 504];
export const MEGABYTE = 1 << 20;

/** A redirect, or a next page, leads to a host that the configuration does not name. */
export class HostRefused extends Error {
  override readonly name = "HostRefused";
}

/**
 * Sends requests as the client's configuration says. From the inside out: the address is checked when it is connected
 * to, and the host before; then redirects, and retries with jitter that honour Retry-After.
 */
export function createDispatcher(config: HttpClientConfig, hosts: ReadonlySet<string>): Dispatcher {
  const most = config.max_response_mb * MEGABYTE;
  const agent = new Agent({
    connect: guardedConnector(config.allow_private, config.connect_timeout_seconds * 1_000),
    connections: config.concurrency,
    headersTimeout: config.headers_timeout_seconds * 1_000,
    bodyTimeout: config.body_timeout_seconds * 1_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: most,
  });
  return agent.compose(
    onlyHosts(hosts),
    interceptors.redirect({ maxRedirections: MOST_REDIRECTS }),
    interceptors.retry({
      maxRetries: config.retries,
      maxTimeout: LONGEST_DELAY_MS,
      methods: ["GET", "POST"],
      statusCodes: RETRIED,
    }),
    withJitter(config.retry_delay_seconds * 1_000),
  );
}

function onlyHosts(hosts: ReadonlySet<string>): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const { host, protocol } = new URL(String(options.origin));
    if (hosts.has(host) && /^https?:$/.test(protocol)) return dispatch(options, handler);
    throw new HostRefused(`${host} is not among the hosts of the configuration`);
  };
}

/** Clients that failed together do not come back together. */
function withJitter(delayMs: number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const { retryOptions: own } = options as { retryOptions?: object };
    const retryOptions = { minTimeout: Math.ceil(delayMs * (0.5 + Math.random())), ...own };
    return dispatch({ ...options, retryOptions } as Dispatcher.DispatchOptions, handler);
  };
}
