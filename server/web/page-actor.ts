import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "../../lib/protocol/actor.ts";
import { PATH_HEADER } from "../access/names.ts";
import { identify } from "./authorize.ts";

/** The user who opens a page; null when signed out. */
export async function pageActor(): Promise<Actor | null> {
  const given = await headers();
  return (await identify((name) => given.get(name) ?? undefined))?.actor ?? null;
}

/**
 * The user who opens the page. A visitor who is not signed in is sent to sign in, and then back to the page.
 */
export async function requirePageActor(): Promise<Actor> {
  const actor = await pageActor();
  if (actor) return actor;
  // Next's own script adds `_rsc` when it asks for a page, and a person does not.
  const asked = new URL((await headers()).get(PATH_HEADER) ?? "/", "http://here.invalid");
  asked.searchParams.delete("_rsc");
  const path = `${asked.pathname}${asked.search}`;
  redirect(path === "/" ? "/signin" : `/signin?next=${encodeURIComponent(path)}`);
}
