import type { Json } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { type Choice, CHOICES } from "../../lib/sync/types.ts";

export const KIND: Record<ShownConflict["kind"], string> = {
  modify_modify: "Both changed",
  delete_modify: "Deleted in YAML",
  modify_delete: "Deleted in database",
  create_create: "Created twice",
};

/** Every kind, in the order in which the interface lists them. */
export const KINDS = [
  "modify_modify",
  "delete_modify",
  "modify_delete",
  "create_create",
] as const satisfies readonly ShownConflict["kind"][];

export const CHOICE: Record<Choice, string> = {
  keep_file: "Keep YAML",
  keep_database: "Keep database",
  merge: "Merge",
};

/** What a choice will do to many conflicts, in full sentences. */
export const CHOICE_FOR_MANY: Record<Choice, string> = {
  keep_file:
    "Each row becomes what the file says of its task; the database's edits of these tasks are dropped.",
  keep_database: "The file becomes what each row says; the file's edits of these tasks are dropped.",
  merge:
    "Status and next run become what the database says, and the other fields in conflict what the file says. Every other edit of both sides is kept.",
};

/** What was chosen, as the audit says it: `resolved task 2 with the file’s side`. */
export const CHOICE_IN_AUDIT: Record<Choice, string> = {
  keep_file: "the file’s side",
  keep_database: "the database’s side",
  merge: "a merge of both",
};

/** A choice that a source makes by itself. */
export const CHOICE_AS_POLICY: Record<Choice, string> = {
  keep_file: "Keep the YAML",
  keep_database: "Keep the database",
  merge: "Merge",
};

/** The order of the keys 1, 2, 3. */
export const CHOICE_ORDER: readonly Choice[] = CHOICES;

/** The choice in words that fit the kind of conflict: where a side deleted the task, it is kept or deleted. */
export function choiceFor(choice: Choice, kind: ShownConflict["kind"]): string {
  if (kind !== "delete_modify" && kind !== "modify_delete") return CHOICE[choice];
  return deletes(choice, kind) ? "Delete the task" : "Keep the task";
}

/** What a choice does to a conflict of this kind, in one clause. */
export function effectOf(choice: Choice, kind: ShownConflict["kind"]): string {
  if (deletes(choice, kind))
    return choice === "keep_file" ? "Keep YAML: deletes the row" : "Keep database: deletes it from the file";
  if (kind === "delete_modify") return "Keep database: writes the task to the file again";
  if (kind === "modify_delete") return "Keep YAML: creates the row again";
  return {
    keep_file: "The row becomes like the file",
    keep_database: "The file becomes like the row",
    merge:
      "Keeps both sides' edits. The file wins where both changed; status and next run are the database's",
  }[choice];
}

export function deletes(choice: Choice, kind: ShownConflict["kind"]): boolean {
  return (
    (choice === "keep_file" && kind === "delete_modify") ||
    (choice === "keep_database" && kind === "modify_delete")
  );
}

/** A value as text, for showing and comparing; a text stays as it is. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/**
 * `sql:ada` -> `ada (SQL)`, `token:deploy` -> `deploy (token)`, `user:ada@example.com` ->
 * `ada@example.com`.
 */
export function actorName(name: string): string {
  if (name.startsWith("sql:")) return `${name.slice(4)} (SQL)`;
  if (name.startsWith("token:")) return `${name.slice(6)} (token)`;
  return name.replace(/^user:/, "");
}
