import type { IncomingMessage } from "node:http";
import { env } from "../../config/env.ts";
import { ADDRESS_HEADER } from "../access/names.ts";
import type { HeaderReader } from "./origin.ts";

/**
 * Where the request came from: the socket's other end; behind a proxy (TRUST_PROXY) what that proxy
 * added to X-Forwarded-For. It adds on the right: anything further left the client may have made up.
 */
export function clientAddress(request: IncomingMessage): string {
  const near = plain(request.socket.remoteAddress ?? "");
  if (!env().TRUST_PROXY) return near;
  const forwarded = request.headers["x-forwarded-for"];
  const list = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",");
  return plain(list.at(-1)?.trim() ?? "") || near;
}

/** Notes the address where the handlers, which see headers only, find it. */
export function noteClientAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = clientAddress(request);
}

export function notedAddress(header: HeaderReader): { from?: string } {
  const from = header(ADDRESS_HEADER);
  return from === undefined || from === "" ? {} : { from };
}

/** `::ffff:10.0.0.1` is 10.0.0.1; what is no address at all (a header may say anything) is cut short. */
function plain(address: string): string {
  return address
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/[^\w.:%-]/g, "")
    .slice(0, 64);
}
