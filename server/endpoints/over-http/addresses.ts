import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";

/** Ranges of this machine and of private networks. Link-local ones are in none: clouds keep credentials there. */
const PRIVATE = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat"]);

/** Whether an address may be connected to. */
function mayConnectTo(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address inside an IPv6 one is judged as what it is.
  const range = ipaddr.process(address).range();
  return range === "unicast" || (allowPrivate && PRIVATE.has(range));
}

/** Connects to such addresses only. What a name stands for is looked up once, and that very address is connected to. */
export function guardedConnector(allowPrivate: boolean, timeoutMs: number): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const allowed = found.filter(({ address }) => mayConnectTo(address, allowPrivate));
      const [first] = allowed;
      if (!first) return callback(refused(hostname, found.map(({ address }) => address).join(", ")), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: timeoutMs, lookup } as buildConnector.BuildOptions);
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) && !mayConnectTo(host, allowPrivate)) callback(refused(host, host), null);
    else connect(options, callback);
  };
}

/** The address is not allowed. Trying again does not help. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

function refused(host: string, address: string): AddressRefused {
  const what = host === address ? host : `${host} leads to ${address}, which`;
  return new AddressRefused(
    `${what} is an address of this machine, of a private network or of none; allow_private: true allows private ones`,
  );
}
