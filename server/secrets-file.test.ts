import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { provideSecrets } from "./secrets-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-secrets-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const none = { API_TOKEN: undefined, AUTH_SECRET: undefined };
const modeOf = async (name: string) => (await stat(join(folder, name))).mode & 0o777;

it("makes long secrets once, for their owner's eyes only", async () => {
  const first = await provideSecrets(folder, none);
  expect(first.API_TOKEN.length).toBeGreaterThanOrEqual(43);
  expect(first.AUTH_SECRET).not.toBe(first.API_TOKEN);
  expect([await modeOf("api-token"), await modeOf("auth-secret")]).toEqual([0o600, 0o600]);
  await chmod(join(folder, "api-token"), 0o644);
  expect(await provideSecrets(folder, none)).toEqual(first);
  expect(await modeOf("api-token")).toBe(0o600);
});

it("writes no secret that was given, and takes no empty file for one", async () => {
  await provideSecrets(folder, { API_TOKEN: "given-token", AUTH_SECRET: "given-secret" });
  await expect(stat(join(folder, "api-token"))).rejects.toThrow("ENOENT");
  await writeFile(join(folder, "auth-secret"), "\n");
  await expect(provideSecrets(folder, none)).rejects.toThrow("holds no secret");
});
