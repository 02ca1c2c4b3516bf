import { randomBytes } from "node:crypto";
import { chmod, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "../config/env.ts";

/**
 * The secret that signs sessions. Not set, it is generated once and kept in a file of DATA_DIR that
 * only its owner can read. (API_TOKEN is not made up: not set, there is no such token.)
 */
export async function provideSecrets(dataDir: string, { AUTH_SECRET }: Pick<Env, "AUTH_SECRET">): Promise<{ AUTH_SECRET: string }> {
  return { AUTH_SECRET: AUTH_SECRET ?? (await keptSecret(join(dataDir, "auth-secret"))) };
}

async function keptSecret(path: string): Promise<string> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      const secret = randomBytes(32).toString("base64url");
      await file.writeFile(`${secret}\n`);
      await file.sync();
      return secret;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Somebody's copy or restore may have opened it to others.
    await chmod(path, 0o600).catch(() => undefined);
    const secret = (await readFile(path, "utf8")).trim();
    if (secret.length < 8) throw new Error(`${path} holds no secret; delete it to have a new one made`);
    return secret;
  }
}
