import { randomBytes } from "node:crypto";
import { chmod, constants, copyFile, link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "../config/env.ts";

/**
 * Provides the secret that signs sessions. When it is not set, it is generated once and kept in a file of
 * DATA_DIR that only its owner can read. API_TOKEN is never generated: when it is not set, there is no such
 * token.
 */
export async function provideSecrets(
  dataDir: string,
  { AUTH_SECRET }: Pick<Env, "AUTH_SECRET">,
): Promise<{ AUTH_SECRET: string }> {
  return { AUTH_SECRET: AUTH_SECRET ?? (await keptSecret(join(dataDir, "auth-secret"))) };
}

/**
 * Several processes may share the folder and start together, so the file is created with its text in one
 * step.
 */
async function keptSecret(path: string): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, `${secret}\n`, { flag: "wx", mode: 0o600, flush: true });
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      // The file system has no hard links.
      return copyFile(draft, path, constants.COPYFILE_EXCL);
    });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // A copy or restore may have given others access.
    await chmod(path, 0o600).catch(() => undefined);
    const kept = (await readFile(path, "utf8")).trim();
    if (kept.length < 8)
      throw new Error(`${path} holds no secret; delete the file, and a new secret is made`);
    return kept;
  } finally {
    await rm(draft, { force: true });
  }
}
