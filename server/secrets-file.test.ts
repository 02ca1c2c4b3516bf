import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { provideSecrets } from "./secrets-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-secrets-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const none = { AUTH_SECRET: undefined };
const modeOf = async (name: string) => (await stat(join(folder, name))).mode & 0o777;

it("creates a long secret once, which only its owner can read", async () => {
  const first = await provideSecrets(folder, none);
  expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(43);
  expect(await modeOf("auth-secret")).toBe(0o600);
  await chmod(join(folder, "auth-secret"), 0o644);
  expect(await provideSecrets(folder, none)).toEqual(first);
  expect(await modeOf("auth-secret")).toBe(0o600);
});

it("creates no API token when none is set", async () => {
  await provideSecrets(folder, none);
  await expect(stat(join(folder, "api-token"))).rejects.toThrow("ENOENT");
});

it("gives the same secret to processes that start together", async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => provideSecrets(folder, none)));
  expect(new Set(all.map(({ AUTH_SECRET }) => AUTH_SECRET)).size).toBe(1);
  expect(await readdir(folder)).toEqual(["auth-secret"]);
});

it("stores no secret that was given, and refuses an empty file", async () => {
  expect(await provideSecrets(folder, { AUTH_SECRET: "given-secret" })).toEqual({
    AUTH_SECRET: "given-secret",
  });
  await expect(stat(join(folder, "auth-secret"))).rejects.toThrow("ENOENT");
  await writeFile(join(folder, "auth-secret"), "\n");
  await expect(provideSecrets(folder, none)).rejects.toThrow("holds no secret");
});
