import { auth } from "./auth.ts";

/** As better-auth keeps passwords: scrypt with a salt of its own, in a thread. */
export async function hashPassword(password: string): Promise<string> {
  const { password: hasher } = await auth().$context;
  return hasher.hash(password);
}
