import { hostname } from "node:os";
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

  it.each([
    ["localhost:3000", true],
    ["192.168.1.20:3000", true],
    ["[fe80::1]:3000", true],
    [`${hostname()}:3000`, true],
    ["ops.example.com", true],
    ["lockstep.example.net:8080", true],
    ["LOCKSTEP.example.net", true],
    ["a.svc.cluster.local", true],
    ["svc.cluster.local", true],
    ["evil.example", false],
    ["evil.example@localhost", false],
    ["xsvc.cluster.local", false],
    ["192.168.1.20.evil.example", false],
    ["localhost/evil.example", false],
    [undefined, false],
  ])("on all addresses, %s: %s", (host, expected) => {
    provideTestEnv({
      HOST: "0.0.0.0",
      CORS_ORIGINS: "https://ops.example.com",
      ALLOWED_HOSTS: "lockstep.example.net, .svc.cluster.local",
    });
    expect(isExpectedHost(host)).toBe(expected);
  });

  it("answers to the name in PUBLIC_URL", () => {
    provideTestEnv({ PUBLIC_URL: "https://lockstep.example.com" });
    try {
      expect(isExpectedHost("lockstep.example.com")).toBe(true);
      expect(isExpectedHost("evil.example.com")).toBe(false);
    } finally {
      provideTestEnv({ PUBLIC_URL: "" });
    }
  });

  it("accepts every name when that is configured", () => {
    provideTestEnv({ HOST: "0.0.0.0", ALLOWED_HOSTS: "*" });
    expect(isExpectedHost("anything.example")).toBe(true);
    expect(isExpectedHost("no name")).toBe(false);
  });
});
