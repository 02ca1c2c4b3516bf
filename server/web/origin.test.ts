import { beforeEach, describe, expect, it } from "vitest";
import { fromTrustedOrigin, isExpectedHost } from "./origin.ts";
import { provideTestEnv } from "./testing/test-env.ts";

const from = (headers: Record<string, string>) => fromTrustedOrigin((name) => headers[name]);
beforeEach(() => provideTestEnv({ CORS_ORIGINS: "https://ops.example.com" }));

describe("fromTrustedOrigin", () => {
  it.each([
    [{ host: "localhost:3000", origin: "http://localhost:3000" }, true],
    [{ host: "lockstep.example.com", origin: "https://lockstep.example.com" }, true],
    [{ host: "localhost:3000", origin: "http://localhost:3001" }, false],
    [{ host: "localhost:3000", origin: "https://ops.example.com" }, true],
    [{ host: "localhost:3000", origin: "https://ops.example.com.evil.example" }, false],
    [{ host: "localhost:3000", origin: "null" }, false],
    [{ host: "localhost:3000", origin: "null", "sec-fetch-site": "same-origin" }, true],
    [{ host: "localhost:3000", origin: "" }, false],
    [{ host: "localhost:3000", "sec-fetch-site": "cross-site" }, false],
    [{ host: "localhost:3000", "sec-fetch-site": "none" }, true],
    [{ host: "localhost:3000" }, true],
  ] as [Record<string, string>, boolean][])("%j: %s", (headers, trusted) => {
    expect(from(headers)).toBe(trusted);
  });
});

describe("isExpectedHost", () => {
  it.each([
    ["localhost:3000", true],
    ["127.0.0.1", true],
    ["127.8.9.10:80", true],
    ["[::1]:3000", true],
    ["lockstep.localhost", true],
    ["ops.example.com", true],
    ["evil.example", false],
    ["127.0.0.1.evil.example", false],
    ["localhost.evil.example", false],
    ["", false],
    [undefined, false],
  ])("on a loopback address, %s: %s", (host, expected) => {
    expect(isExpectedHost(host)).toBe(expected);
  });

  it("takes any name when bound to a real address", () => {
    provideTestEnv({ HOST: "0.0.0.0" });
    expect(isExpectedHost("lockstep.example.com")).toBe(true);
  });
});
