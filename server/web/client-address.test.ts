import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { beforeEach, expect, it } from "vitest";
import { ADDRESS_HEADER } from "../access/names.ts";
import { clientAddress, noteClientAddress } from "./client-address.ts";
import { provideTestEnv } from "./testing/test-env.ts";

beforeEach(() => provideTestEnv({ TRUST_PROXY: "false" }));

function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  const message = new IncomingMessage(
    Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress }),
  );
  Object.assign(message.headers, headers);
  return message;
}

it("is the other end of the socket, for any header that the client sends", () => {
  const spoofed = { "x-forwarded-for": "6.6.6.6", [ADDRESS_HEADER]: "6.6.6.6" };
  expect(clientAddress(request("::ffff:10.0.0.7", spoofed))).toBe("10.0.0.7");
  const message = request("::1", spoofed);
  noteClientAddress(message);
  expect(message.headers[ADDRESS_HEADER]).toBe("::1");
});

it("is the address that the proxy added, when a proxy is trusted", () => {
  provideTestEnv({ TRUST_PROXY: "true" });
  expect(clientAddress(request("10.0.0.1", { "x-forwarded-for": "6.6.6.6, 192.0.2.9" }))).toBe("192.0.2.9");
  expect(clientAddress(request("10.0.0.1"))).toBe("10.0.0.1");
  expect(clientAddress(request("10.0.0.1", { "x-forwarded-for": "a b<script>" }))).toBe("abscript");
});
