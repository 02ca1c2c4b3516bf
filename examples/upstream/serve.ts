import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { send } from "./answer.ts";
import { issueToken, mayPass } from "./auth.ts";
import { type Control, type Fault, Upstream } from "./control.ts";
import { cutPage, type Style, STYLES } from "./paging.ts";
import { addItem, type Answer, answerItem, etagOf, itemsAt } from "./records.ts";
import type { Item } from "./world.ts";

/** How each collection cuts its list, unless the path begins with another style: `/offset/projects`. */
const USUAL: Record<string, Style> = {
  directories: "all",
  projects: "page",
  phases: "cursor",
  elevations: "next",
  tasks: "link",
};

/** The example as a server; it is not listening yet. */
export function createUpstream(): { server: Server; upstream: Upstream } {
  const upstream = new Upstream();
  const server = createServer((request, response) => {
    answer(upstream, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.statusCode = 400;
      response.end(JSON.stringify({ error: String(error) }));
    });
  });
  return { server, upstream };
}

async function answer(upstream: Upstream, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const body = await textOf(request);
  const accepts = String(request.headers["accept-encoding"] ?? "");
  if (url.pathname === "/control") {
    if (request.method === "POST") upstream.control(JSON.parse(body || "{}") as Control);
    return send(response, { status: 200, body: { world: upstream.world, log: upstream.log } }, accepts);
  }
  const line = `${request.method} ${url.pathname}${url.search}`;
  const fault = upstream.faultFor(line) ?? {};
  const result = found(upstream, { request, url, body, fault });
  upstream.log.push({
    request: line,
    conditional: request.headers["if-none-match"] !== undefined,
    status: result.status,
  });
  await send(response, result, accepts, fault);
  upstream.answered(line);
}

interface Asked {
  request: IncomingMessage;
  url: URL;
  body: string;
  fault: Fault;
}

function found(upstream: Upstream, asked: Asked): Answer {
  const { request, url, body, fault } = asked;
  if (fault.status !== undefined) {
    const headers: Record<string, string> =
      fault.retry_after === undefined ? {} : { "Retry-After": String(fault.retry_after) };
    return { status: fault.status, body: { error: `fault ${fault.status}` }, headers };
  }
  if (fault.redirect !== undefined) return { status: 302, body: {}, headers: { Location: fault.redirect } };
  if (url.pathname === "/oauth/token") return issueToken(body, request.headers, upstream);
  if (!mayPass(request, upstream)) return { status: 401, body: { error: "credentials are missing" } };
  const parts = url.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const style = STYLES.find((each) => each === parts[0]);
  const path = style ? parts.slice(1) : parts;
  const [type = "", id] = path;
  const given = () => JSON.parse(body || "{}") as Partial<Item>;
  if (path.length === 2 && id !== undefined) {
    const method = request.method ?? "GET";
    const item = method === "GET" || method === "DELETE" ? {} : given();
    return answerItem(upstream, type, id, { method, body: item, ifMatch: request.headers["if-match"] });
  }
  if (request.method === "POST" && path.length === 1) {
    return addItem(upstream, type, given(), request.headers["idempotency-key"] as string | undefined);
  }
  return list(upstream, path, style, asked);
}

function list(
  upstream: Upstream,
  path: string[],
  style: Style | undefined,
  { request, url, fault }: Asked,
): Answer {
  const items = itemsAt(upstream, path, url.searchParams);
  if (!items) return { status: 404, body: { error: `there is no ${url.pathname}` } };
  if (fault.page !== undefined) url.searchParams.set("page", String(fault.page));
  const shown = fault.body === "empty" ? [] : items;
  const page = cutPage(style ?? USUAL[path.at(-1) ?? ""] ?? "all", shown, url);
  const body = fault.total === undefined ? page.body : { ...(page.body as object), total: fault.total };
  const etag = etagOf(body);
  if (request.headers["if-none-match"] === etag) return { status: 304, headers: { ETag: etag } };
  return { status: 200, body, headers: { ETag: etag, ...(page.link ? { Link: page.link } : {}) } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
