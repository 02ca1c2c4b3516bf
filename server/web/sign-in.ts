import { LockstepError } from "../../lib/errors.ts";
import { tokenActor } from "./authorize.ts";
import { fromTrustedOrigin } from "./origin.ts";
import { problemAnswer } from "./problem-answer.ts";
import { endedSessionCookie, sealSession, sessionCookie } from "./session.ts";

export const SIGN_IN_FORM = "/signin/form";

/** Opens a session for a token's holder and shows the page; back to the form when the token is wrong or missing. */
export function signIn(request: Request, token: string | null): Response {
  if (token === null || token === "") return redirect(SIGN_IN_FORM);
  const actor = tokenActor(token.trim());
  if (!actor) return redirect(`${SIGN_IN_FORM}?wrong=1`);
  return redirect("/", sessionCookie(sealSession(actor), isSecure(request)));
}

/** The token from the sign-in form. */
export async function formToken(request: Request): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > 10_000) return null;
  const token = (await request.formData()).get("token");
  return typeof token === "string" ? token : null;
}

export function signOut(request: Request): Response {
  return redirect(SIGN_IN_FORM, endedSessionCookie(isSecure(request)));
}

/** Null when the form was sent by our own page, else the answer: nobody is signed in or out from elsewhere. */
export function refuseForeignForm(request: Request): Response | null {
  if (fromTrustedOrigin((name) => request.headers.get(name) ?? undefined)) return null;
  const { status, headers, body } = problemAnswer(new LockstepError("forbidden", "this form was sent from another site's page"));
  return new Response(body, { status, headers });
}

function redirect(to: string, cookie?: string): Response {
  const headers = new Headers({ Location: to, "Cache-Control": "no-store" });
  if (cookie !== undefined) headers.set("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}

function isSecure(request: Request): boolean {
  return request.headers.get("x-forwarded-proto") === "https" || new URL(request.url).protocol === "https:";
}
