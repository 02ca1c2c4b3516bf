import type { Actor, Role } from "../../lib/protocol/actor.ts";

/**
 * What an identity rests on and can be revoked: a session or token. Secrets of the environment cannot be
 * revoked.
 */
export interface Grant {
  kind: "session" | "token";
  id: string;
  /** The role at the time of the request. */
  role: Role;
  expires: Date | null;
}

export interface Granted {
  actor: Actor;
  grant: Grant;
}
