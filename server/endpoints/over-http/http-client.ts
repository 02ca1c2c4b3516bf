import { finished } from "node:stream/promises";
import PQueue from "p-queue";
import pRetry from "p-retry";
import { type Dispatcher, request } from "undici";
import type { JsonMap } from "../../../lib/json.ts";
import type { HttpClientConfig } from "../../../lib/source/http/client.ts";
import { CollectionUnreadable } from "../collection.ts";
import { AddressRefused } from "./addresses.ts";
import { Authorizer } from "./authorizer.ts";
import { bodyText } from "./decompress.ts";
import { openBody } from "./open-body.ts";
import { createDispatcher, HostRefused, MEGABYTE } from "./dispatcher.ts";
import { Secrets, type ValueOf } from "./secrets.ts";

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The address that was asked for, without credentials. */
  url: URL;
}

/** An answer whose body, when it is large, is still to be read, in pieces. */
export interface OpenAnswer extends HttpAnswer {
  /** All of the body; null: it stands in `text`. Its errors are raw: see `failure`. */
  pieces: AsyncGenerator<string> | null;
}

/** The beginning of an answer; its body is still on its way. */
interface Response {
  status: number;
  headers: HttpAnswer["headers"];
  body: Dispatcher.ResponseData["body"];
  url: URL;
}
type Read<Answer> = (response: Response) => Promise<Answer>;

export interface Change {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** JSON; undefined: none is sent. */
  body: string | undefined;
  headers: Record<string, string>;
}

/** How often a body that broke off is asked for again, beside the retries of each request. */
const BROKEN_BODIES = 2;
const SECOND_MS = 1_000;

/** One API: its connections, credentials and limits, which all its resources share. */
export class HttpClient {
  readonly secrets: Secrets;
  private readonly queue: PQueue;
  private readonly dispatcher: Dispatcher;
  private readonly authorizer: Authorizer;
  private readonly hosts: ReadonlySet<string>;

  constructor(
    readonly config: HttpClientConfig,
    valueOf: ValueOf,
    now: () => number,
  ) {
    const { auth, base_url, concurrency, requests_per_second } = config;
    const named = [base_url, ...(auth?.type === "oauth2_client_credentials" ? [auth.access_token_url] : [])];
    this.hosts = new Set([
      ...named.map((url) => new URL(url).host),
      ...config.hosts.map((host) => host.toLowerCase()),
    ]);
    this.secrets = new Secrets(valueOf);
    this.dispatcher = createDispatcher(config, this.hosts);
    this.authorizer = new Authorizer(auth, this.secrets, this.dispatcher, now);
    this.queue = new PQueue({
      concurrency,
      ...(requests_per_second === undefined ? {} : { intervalCap: requests_per_second, interval: SECOND_MS }),
    });
  }

  /** How often a body that broke off is asked for again. */
  get brokenBodies(): number {
    return Math.min(BROKEN_BODIES, this.config.retries);
  }

  /** The request in words, without secrets. */
  named(url: URL, method = "GET"): string {
    return this.secrets.hide(`${method} ${url.href}`);
  }

  /** The place of a next page without the key that some APIs repeat in its address; each request adds it again. */
  withoutKey(place: JsonMap): JsonMap {
    const { auth } = this.config;
    if (auth?.type !== "api_key" || auth.location !== "query" || typeof place["url"] !== "string")
      return place;
    const url = new URL(place["url"]);
    url.searchParams.delete(auth.name);
    return { ...place, url: url.href };
  }

  /** The headers that every request has, as far as they are no secrets. */
  shownHeaders(): Record<string, string> {
    const { headers, auth } = this.config;
    const name = auth?.type === "api_key" && auth.location === "header" ? auth.name : "Authorization";
    const secret = auth && !(auth.type === "api_key" && auth.location === "query") ? { [name]: "***" } : {};
    return { ...headers, ...secret };
  }

  /**
   * GETs the address, with retries.
   * @throws {CollectionUnreadable} when there is no answer that ends; an answer of any status is one.
   */
  async get(url: URL, extra: Record<string, string> = {}, signal?: AbortSignal): Promise<HttpAnswer> {
    try {
      this.checkHost(url);
      return await this.queue.add(
        () => this.patiently(url, extra, this.whole, signal),
        signal ? { signal } : {},
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw this.failure(url, "GET", error);
    }
  }

  /**
   * GETs the address as `get` does. A large body is left to the caller, who reads or returns its pieces; until then it
   * counts among the requests at the same time.
   * @throws {CollectionUnreadable} as `get` does.
   */
  async open(url: URL, extra: Record<string, string>, signal: AbortSignal): Promise<OpenAnswer> {
    try {
      this.checkHost(url);
      return await new Promise<OpenAnswer>((resolve, reject) => {
        const work = async () => {
          const { over, ...answer } = await this.patiently(url, extra, this.opened, signal);
          resolve(answer);
          await over;
        };
        this.queue.add(work, { signal }).catch(reject);
      });
    } catch (error) {
      signal.throwIfAborted();
      throw this.failure(url, "GET", error);
    }
  }

  /**
   * Sends a change, once: whether one that got no answer was made is for the caller to find out.
   * @throws {CollectionUnreadable} when there is no answer that ends; an answer of any status is one.
   */
  async send(url: URL, change: Change): Promise<HttpAnswer> {
    try {
      this.checkHost(url);
      return await this.queue.add(() =>
        this.renewing(() => this.once(url, change.headers, this.whole, undefined, change)),
      );
    } catch (error) {
      throw this.failure(url, change.method, error);
    }
  }

  private checkHost({ host }: URL): void {
    if (!this.hosts.has(host)) throw new HostRefused(`${host} is not among the hosts of the configuration`);
  }

  /** Why the body of an answer cannot be read, in words. */
  failure(url: URL, method: string, error: unknown): CollectionUnreadable {
    const reason =
      error instanceof CollectionUnreadable ? error.problem.message : whatFailed(error, method, this.config);
    const message = this.secrets.hide(`${this.named(url, method)}: ${reason}`);
    return new CollectionUnreadable({ code: "request_failed", message });
  }

  private async patiently<Answer extends { status: number }>(
    url: URL,
    extra: Record<string, string>,
    read: Read<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const ask = () => this.once(url, extra, read, signal);
    const patient = () =>
      pRetry(ask, {
        retries: this.brokenBodies,
        minTimeout: this.config.retry_delay_seconds * SECOND_MS,
        randomize: true,
        shouldRetry: ({ error }) => isBrokenBody(error),
        ...(signal ? { signal } : {}),
      });
    return this.renewing(patient, ask);
  }

  /** A token may be withdrawn before its time. */
  private async renewing<Answer extends { status: number }>(
    ask: () => Promise<Answer>,
    again = ask,
  ): Promise<Answer> {
    const answer = await ask();
    if (answer.status !== 401 || !this.authorizer.canRenew) return answer;
    this.authorizer.forget();
    return again();
  }

  private async once<Answer>(
    url: URL,
    extra: Record<string, string>,
    read: Read<Answer>,
    signal?: AbortSignal,
    change?: Change,
  ): Promise<Answer> {
    const asked = new URL(url);
    const own: Record<string, string> = {};
    for (const [name, text] of Object.entries(this.config.headers)) {
      own[name.toLowerCase()] = this.secrets.fill(text);
    }
    const { statusCode, headers, body } = await request(asked, {
      dispatcher: this.dispatcher,
      ...(change
        ? { method: change.method, body: change.body ?? null, retryOptions: { maxRetries: 0 } }
        : {}),
      headers: {
        accept: "application/json",
        "accept-encoding": "gzip, br",
        "user-agent": "lockstep",
        ...own,
        ...(await this.authorizer.authorize(asked)),
        ...(change?.body === undefined ? {} : { "content-type": "application/json" }),
        ...extra,
      },
      ...(signal ? { signal } : {}),
    });
    return read({ status: statusCode, headers, body, url });
  }

  private readonly whole = async ({ body, ...answer }: Response): Promise<HttpAnswer> => {
    const bytes = Buffer.from(await body.arrayBuffer());
    return { ...answer, text: await bodyText(bytes, encodingOf(answer), this.mostBytes) };
  };

  /** Only of an answer that is what was asked for there is reason to read more than a little at a time. */
  private readonly opened = async (response: Response): Promise<OpenAnswer & { over?: Promise<unknown> }> => {
    if (response.status !== 200) return { ...(await this.whole(response)), pieces: null };
    const { body, ...answer } = response;
    // It ends by itself, or with the reader that gives it back, or with the signal.
    const over = finished(body).catch(() => undefined);
    return { ...answer, ...(await openBody(body, encodingOf(answer), this.mostBytes)), over };
  };

  private get mostBytes(): number {
    return this.config.max_response_mb * MEGABYTE;
  }
}

function encodingOf({ headers }: Pick<Response, "headers">): string {
  return String(headers["content-encoding"] ?? "");
}

/** Names, in words of what to look at, why there is no answer. */
function whatFailed(error: unknown, method: string, config: HttpClientConfig): string {
  if (error instanceof AddressRefused || error instanceof HostRefused) return error.message;
  const { code, message, statusCode } = error as { code?: string; message?: string; statusCode?: number };
  if (statusCode !== undefined && statusCode >= 400)
    return `answered ${statusCode}${method === "GET" ? " each time it was asked" : ""}`;
  switch (code) {
    case "ECONNREFUSED":
      return "no server listens there";
    case "ENOTFOUND":
      return "there is no such host";
    case "UND_ERR_CONNECT_TIMEOUT":
      return `no connection within ${config.connect_timeout_seconds} s`;
    case "UND_ERR_HEADERS_TIMEOUT":
      return `no answer within ${config.headers_timeout_seconds} s`;
    case "UND_ERR_BODY_TIMEOUT":
      return `the answer stopped for ${config.body_timeout_seconds} s`;
    case "UND_ERR_RES_EXCEEDED_MAX_SIZE":
    case "ERR_BUFFER_TOO_LARGE":
      return `the answer is larger than max_response_mb (${config.max_response_mb})`;
    default:
      return `the answer broke off (${message ?? "no reason"})`;
  }
}

/** Whether the answer had begun, so that nothing beneath has asked for it again. */
export function isBrokenBody(error: Error): boolean {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (
    error instanceof CollectionUnreadable ||
    error instanceof AddressRefused ||
    error instanceof HostRefused
  )
    return false;
  if (statusCode !== undefined && statusCode >= 400) return false;
  return (
    code === "UND_ERR_SOCKET" ||
    code === "UND_ERR_REQ_RETRY" ||
    code === "UND_ERR_BODY_TIMEOUT" ||
    code === "UND_ERR_ABORTED"
  );
}
