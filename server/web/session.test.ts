import { beforeEach, describe, expect, it } from "vitest";
import { endedSessionCookie, openSession, sealSession, sessionCookie } from "./session.ts";
import { provideTestEnv } from "./testing/test-env.ts";

const now = new Date("2026-01-01T00:00:00Z");
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const actor = { name: "ada", role: "editor", kind: "user" } as const;

beforeEach(() => provideTestEnv());

describe("a session", () => {
  it("says who for 30 days", () => {
    const value = sealSession(actor, now);
    expect(openSession(value, later(29))).toEqual(actor);
    expect(openSession(value, later(30))).toBeNull();
  });

  it("cannot be altered", () => {
    const [payload = "", signature = ""] = sealSession(actor, now).split(".");
    const admin = Buffer.from(Buffer.from(payload, "base64url").toString().replace("editor", "admin")).toString("base64url");
    expect(openSession(`${admin}.${signature}`, now)).toBeNull();
    expect(openSession(`${payload}.`, now)).toBeNull();
    expect(openSession(payload, now)).toBeNull();
    expect(openSession("", now)).toBeNull();
  });

  it("ends with the key that signed it and with the token that opened it", () => {
    const value = sealSession(actor, now);
    provideTestEnv({ AUTH_SECRET: "another-secret" });
    expect(openSession(value, now)).toBeNull();
    provideTestEnv({ API_TOKEN: "another-token" });
    expect(openSession(value, now)).toBeNull();
    provideTestEnv();
    expect(openSession(value, now)).toEqual(actor);
  });

  it("is kept from scripts and from other sites' requests", () => {
    expect(sessionCookie("x", true)).toBe("lockstep_session=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
    expect(sessionCookie("x", false)).not.toContain("Secure");
    expect(endedSessionCookie(false)).toContain("Max-Age=0");
  });
});
