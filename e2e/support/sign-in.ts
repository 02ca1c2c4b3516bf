import { type BrowserContext, expect } from "@playwright/test";
import { ADMIN, type Lockstep } from "./lockstep.ts";

/**
 * Signs a browser in, as the form does. The admin signs in once per server, and later browsers get the same
 * cookies.
 */
export async function signIn(
  context: BrowserContext,
  lockstep: Lockstep,
  who: { email: string; password: string } = ADMIN,
): Promise<void> {
  if (who === ADMIN && lockstep.adminCookies) return context.addCookies(lockstep.adminCookies);
  const answer = await context.request.post(`${lockstep.url}/api/auth/sign-in`, {
    data: { email: who.email, password: who.password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  if (who === ADMIN) lockstep.adminCookies = await context.cookies();
}

/** Creates a user with the role, by an invitation. */
export async function addUser(
  lockstep: Lockstep,
  role: "viewer" | "editor" | "admin",
  email = `${role}@example.com`,
) {
  const invited = await lockstep.call("POST /api/invitations", { body: { email, role } });
  const token = new URL(invited.body.link).searchParams.get("token");
  const password = "battery staple horse";
  const headers = { authorization: "", "content-type": "application/json" };
  const joined = await lockstep.api("POST", "/api/auth/accept-invite", { token, password }, headers);
  expect(joined.status).toBe(201);
  return { email, password };
}
