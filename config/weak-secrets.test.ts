import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { weakSecrets } from "./weak-secrets.ts";

const complaint = (secret: string) => weakSecrets({ API_TOKEN: secret }).join("\n");

describe("a secret", () => {
  it.each([
    "replace-me-with-openssl-rand-hex-32",
    "replace_me",
    "changeme",
    "ChangeMe-please-1f8a77b2c9d04e5f",
    "your-secret-here",
    "<your token>",
    "example-token-2026",
    "the-same-as-the-server",
  ])("%s is a placeholder", (secret) => {
    expect(complaint(secret)).toBe("API_TOKEN is a placeholder; make one with: openssl rand -hex 32");
  });

  it.each([
    "password",
    "Passw0rd2026!",
    "mysupersecrettoken123",
    "lockstep-token",
    "the-secret-that-signs",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789abcdef0123456789abcdef",
    "hunter2hunter2hunter2hunter2",
    "f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3",
    "s3cr3t-2026",
  ])("%s is easily guessed", (secret) => {
    expect(complaint(secret)).toBe("API_TOKEN is easily guessed; make one with: openssl rand -hex 32");
  });

  it("from a generator of any usual kind is good, whatever it made", () => {
    for (let i = 0; i < 1_000; i++) {
      for (const secret of [
        randomBytes(32).toString("hex"),
        randomBytes(16).toString("hex"),
        randomBytes(24).toString("base64"),
        randomBytes(16).toString("base64url"),
        `lockstep_${randomBytes(32).toString("base64url")}`,
        randomUUID(),
      ])
        expect(complaint(secret), secret).toBe("");
    }
  });

  it("of six random words is good", () => {
    expect(complaint("orbit-velvet-cactus-mango-ladder-prism")).toBe("");
  });

  it("is told of by its name alone, each on a line", () => {
    const lines = weakSecrets({
      API_TOKEN: "hunter2!",
      CRON_SECRET: "changeme",
      AUTH_SECRET: "password",
      ADMIN_PASSWORD: "changeme-now",
      DATABASE_URL: "postgresql://lockstep:replace-me@db.internal/lockstep",
    });
    expect(lines.map((line) => /[A-Z_]{8,}/.exec(line)?.[0])).toEqual([
      "API_TOKEN",
      "CRON_SECRET",
      "AUTH_SECRET",
      "ADMIN_PASSWORD",
      "DATABASE_URL",
    ]);
    expect(lines.join("\n")).not.toMatch(/hunter2|changeme|password$|replace-me/m);
    expect(weakSecrets({ ADMIN_PASSWORD: "correct horse battery" })).toEqual([]);
    expect(weakSecrets({ DATABASE_URL: "postgresql://postgres:postgres@localhost/db" })).toEqual([]);
  });
});

it("deploy/ has no secret that would pass", () => {
  const files = readdirSync("deploy", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".yaml"),
  );
  const values = files.flatMap((name) => {
    const text = readFileSync(join("deploy", name), "utf8");
    const named =
      /\b(API_TOKEN|AUTH_SECRET|CRON_SECRET|ADMIN_PASSWORD)\b(?:: (.+)|(?:\n +[a-z]+: \S+)*?\n +value: (.+))/g;
    return [...text.matchAll(named)].map((match) => (match[2] ?? match[3] ?? "").trim());
  });
  expect(values.length).toBeGreaterThanOrEqual(7);
  for (const value of values) expect(complaint(value), value).not.toBe("");
});
