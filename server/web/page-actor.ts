import { headers } from "next/headers";
import type { Actor } from "../../lib/protocol/actor.ts";
import { identify } from "./authorize.ts";

/** Who looks at a page; null when signed out. */
export async function pageActor(): Promise<Actor | null> {
  const given = await headers();
  return identify((name) => given.get(name) ?? undefined)?.actor ?? null;
}
