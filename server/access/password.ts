import { auth } from "./auth.ts";

/** Hashes a password as better-auth stores it: scrypt with its own salt, in a thread. */
export async function hashPassword(password: string): Promise<string> {
  const { password: hasher } = await auth().$context;
  return hasher.hash(password);
}
