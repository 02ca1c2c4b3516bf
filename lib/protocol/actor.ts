/** From the least to the most powerful. Each role may do what the roles before it may do. */
export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** The user or program that sends a request. */
export interface Actor {
  /** What history and audit show: `user:ada@example.com`, `token:deploy`, `token:API_TOKEN`. */
  name: string;
  role: Role;
  /** `anonymous` is a client without an account, which only open routes allow. */
  kind: "user" | "token" | "anonymous";
  /** The id of the user or token. A token from the environment has none. */
  id?: string;
  /** The client's address. */
  from?: string;
}

export function mayActAs(actor: Pick<Actor, "role">, required: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(required);
}
