import { describe, expect, it } from "vitest";
import { BadEnvironment, parseEnv } from "./env.ts";

describe("parseEnv", () => {
  it("has a value for everything that has a default", () => {
    expect(parseEnv({})).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      ROLE: "all",
      AUTO_SYNC_ENABLED: true,
      SYNC_INTERVAL_SECONDS: 300,
      SYNC_WAIT_MS: 10_000,
      WATCH_DEBOUNCE_MS: 200,
      SYNC_STRATEGY: "three-way",
      RETENTION_DAYS: 90,
      CORS_ORIGINS: [],
    });
  });

  it.each([
    ["true", true],
    ["TRUE", true],
    ["1", true],
    ["False", false],
    ["0", false],
    ["", true],
  ])("reads the flag %j as %s", (text, value) => {
    expect(parseEnv({ AUTO_SYNC_ENABLED: text }).AUTO_SYNC_ENABLED).toBe(value);
    expect(parseEnv({ BACKGROUND_SYNC_ENABLED: text }).AUTO_SYNC_ENABLED).toBe(value);
  });

  it("reports every problem in a line, and no secret", () => {
    const bad = {
      PORT: "http",
      ROLE: "worker",
      AUTO_SYNC_ENABLED: "true",
      BACKGROUND_SYNC_ENABLED: "0",
      API_TOKEN: "geheim",
      SYNC_STRATEGY: "newest",
      SYNC_DIRECTION: "up",
      CORS_ORIGINS: "https://ok.example.com, nonsense",
      ALLOWED_HOSTS: "lockstep.example.com, https://lockstep.example.com",
    };
    let message = "";
    try {
      parseEnv(bad);
    } catch (error) {
      expect(error).toBeInstanceOf(BadEnvironment);
      message = (error as Error).message;
    }
    const named = message.split("\n").map((line) => line.split(" ")[0]);
    expect(named.map((name) => name?.split(".")[0]).sort()).toEqual([
      "ALLOWED_HOSTS",
      "API_TOKEN",
      "AUTO_SYNC_ENABLED",
      "CORS_ORIGINS",
      "DATABASE_URL",
      "PORT",
      "SYNC_DIRECTION",
      "SYNC_STRATEGY",
    ]);
    expect(message).not.toContain("geheim");
  });

  it.each([
    [{ ROLE: "web", DATABASE_URL: "postgresql://db/x" }, "AUTH_SECRET is required with ROLE=web"],
    [{ ADMIN_EMAIL: "ada@example.com" }, "ADMIN_EMAIL and ADMIN_PASSWORD belong together"],
    [{ ADMIN_PASSWORD: "correct horse battery" }, "ADMIN_EMAIL and ADMIN_PASSWORD belong together"],
    [
      { ADMIN_EMAIL: "ada@example.com", ADMIN_PASSWORD: "elevenchars" },
      "ADMIN_PASSWORD must have at least 12 characters",
    ],
    [{ ADMIN_EMAIL: "ada", ADMIN_PASSWORD: "correct horse battery" }, "ADMIN_EMAIL must be an email address"],
    [{ PUBLIC_URL: "lockstep.example.com" }, "PUBLIC_URL must be an address such as"],
    [{ PUBLIC_URL: "javascript:alert(1)" }, "PUBLIC_URL must be an address such as"],
    [{ TRUST_PROXY: "maybe" }, "TRUST_PROXY must be true, false, 1 or 0"],
  ])("refuses %j", (values, problem) => {
    expect(() => parseEnv(values)).toThrow(problem);
    expect(() => parseEnv(values)).not.toThrow("horse");
  });

  it("accepts both names of the switch when they agree", () => {
    expect(parseEnv({ AUTO_SYNC_ENABLED: "false", BACKGROUND_SYNC_ENABLED: "0" }).AUTO_SYNC_ENABLED).toBe(
      false,
    );
  });
});
