/** From the least to the most powerful; each may do what the ones before it may. */
export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. */
export interface Actor {
  /** What history and audit show: `user:ada@example.com`, `token:deploy`, `token:API_TOKEN`. */
  name: string;
  role: Role;
  /** A person, a script with a token, or nobody in particular (an open route). */
  kind: "user" | "token" | "anonymous";
  /** The user's or the token's own id; a token of the environment has none. */
  id?: string;
  /** The client's address. */
  from?: string;
}

export function mayActAs(actor: Pick<Actor, "role">, required: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(required);
}
