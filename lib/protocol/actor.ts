/** From the least to the most powerful; each may do what the ones before it may. */
export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. The name is what history and audit show, for example `token:API_TOKEN`. */
export interface Actor {
  name: string;
  role: Role;
}

export function mayActAs(actor: Actor, required: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(required);
}
