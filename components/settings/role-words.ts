import { type Role, ROLES } from "../../lib/protocol/actor.ts";

/** What each role may do. */
export const ROLE: Record<Role, string> = {
  viewer: "Sees everything about tasks, and changes nothing.",
  editor: "Edits tasks and starts plain syncs.",
  admin: "Everything: resolves conflicts, undoes runs, changes settings, manages users and tokens.",
};

export const ROLE_OPTIONS = ROLES.map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}));
