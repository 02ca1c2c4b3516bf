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
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  redirect(path === "/" ? "/signin" : `/signin?next=${encodeURIComponent(path)}`);
}
