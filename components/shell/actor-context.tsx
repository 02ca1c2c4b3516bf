"use client";

import { createContext, type ReactNode, useContext } from "react";
import { type Actor, mayActAs, type Role } from "../../lib/protocol/actor.ts";

const ActorContext = createContext<Actor>({ name: "", role: "viewer", kind: "anonymous" });

export function ActorProvider({ actor, children }: { actor: Actor; children: ReactNode }) {
  return <ActorContext value={actor}>{children}</ActorContext>;
}

/** The signed-in user. */
export function useActor(): Actor {
  return useContext(ActorContext);
}

const WHY: Record<Role, string> = {
  viewer: "Sign in to see this.",
  editor: "View only. Ask an admin for edit access.",
  admin: "Only an admin can do this.",
};

/**
 * Whether the person has this role, and if not, the reason in words. The server decides what is allowed; this only
 * hides what it would refuse.
 */
export function useMay(role: Role): { may: boolean; why: string | undefined } {
  const actor = useActor();
  const may = mayActAs(actor, role);
  return { may, why: may ? undefined : WHY[role] };
}
