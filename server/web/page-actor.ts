import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "../../lib/protocol/actor.ts";
import { PATH_HEADER } from "../access/names.ts";
import { identify } from "./authorize.ts";

/** Who looks at a page; null when signed out. */
export async function pageActor(): Promise<Actor | null> {
  const given = await headers();
  return (await identify((name) => given.get(name) ?? undefined))?.actor ?? null;
}

/** Who looks at the page; whoever is signed out signs in first, and comes back to it. */
export async function requirePageActor(): Promise<Actor> {
  const actor = await pageActor();
  if (actor) return actor;
  // `_rsc` is how Next's own script asks for a page; a person asks for the page.
  const asked = new URL((await headers()).get(PATH_HEADER) ?? "/", "http://here.invalid");
  asked.searchParams.delete("_rsc");
  const path = `${asked.pathname}${asked.search}`;
  redirect(path === "/" ? "/signin" : `/signin?next=${encodeURIComponent(path)}`);
}
