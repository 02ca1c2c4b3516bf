import type { IncomingMessage } from "node:http";
import { env } from "../../config/env.ts";
import { ADDRESS_HEADER } from "../access/names.ts";
import type { HeaderReader } from "./origin.ts";

/**
 * The client's address: the other end of the socket, or behind a proxy (TRUST_PROXY) the last address in
 * X-Forwarded-For. The proxy adds on the right, and a client may have made up anything further left.
 */
export function clientAddress(request: IncomingMessage): string {
  const near = plain(request.socket.remoteAddress ?? "");
  if (!env().TRUST_PROXY) return near;
  const forwarded = request.headers["x-forwarded-for"];
  const list = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",");
  return plain(list.at(-1)?.trim() ?? "") || near;
}

/** Stores the address in a header, because the handlers see only headers. */
export function noteClientAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = clientAddress(request);
}

export function notedAddress(header: HeaderReader): { from?: string } {
  const from = header(ADDRESS_HEADER);
  return from === undefined || from === "" ? {} : { from };
}

/**
 * Writes `::ffff:10.0.0.1` as 10.0.0.1. A header may hold any text, so that text that is not an address is
 * cut short.
 */
function plain(address: string): string {
  return address
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/[^\w.:%-]/g, "")
    .slice(0, 64);
}
