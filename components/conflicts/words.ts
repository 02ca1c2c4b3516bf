import type { Json } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { type Answer, type Choice, CHOICES } from "../../lib/sync/types.ts";
import type { SideNames } from "../../lib/source/side-names.ts";

export function kindOf(kind: ShownConflict["kind"], { short }: SideNames): string {
  return {
    modify_modify: "Both changed",
    delete_modify: `Deleted in ${short}`,
    modify_delete: "Deleted in database",
    create_create: "Created twice",
    renamed: "New id?",
  }[kind];
}

/** Every kind, in the order in which the interface lists them. */
export const KINDS = [
  "modify_modify",
  "delete_modify",
  "modify_delete",
  "create_create",
  "renamed",
] as const satisfies readonly ShownConflict["kind"][];

export function choiceInWords(choice: Choice, { short }: SideNames): string {
  return { keep_file: `Keep ${short}`, keep_database: "Keep database", merge: "Merge" }[choice];
}

/** What a choice will do to many conflicts, in full sentences. */
export function effectOnMany(choice: Choice, { side, Side }: SideNames): string {
  return {
    keep_file: `Each row becomes what ${side} says of its task; the database's edits of these tasks are dropped.`,
    keep_database: `${Side} becomes what each row says; the edits of these tasks there are dropped.`,
    merge: `Status and next run become what the database says, and the other fields in conflict what ${side} says. Every other edit of both sides is kept.`,
  }[choice];
}

/** What was chosen, as the audit says it: `resolved task 2 with the file’s side`. */
export function choiceInAudit(choice: Answer, { side }: SideNames): string {
  return {
    keep_file: `${side}’s side`,
    keep_database: "the database’s side",
    merge: "a merge of both",
    separate: "two different tasks",
  }[choice];
}

/** A choice that a source makes by itself. */
export function choiceAsPolicy(choice: Choice, { short }: SideNames): string {
  return { keep_file: `Keep ${short}`, keep_database: "Keep the database", merge: "Merge" }[choice];
}

/** The answers to a task that may have another id by now, in the order of the keys 1, 2, 3. */
export const RENAME_ANSWERS = ["keep_file", "separate", "keep_database"] as const;
export type RenameAnswer = (typeof RENAME_ANSWERS)[number];

export const RENAME_ANSWER: Record<RenameAnswer, string> = {
  keep_file: "It is the same task: rename",
  separate: "Two different tasks",
  keep_database: "Put the id back",
};

/** What the answer does, in one clause. */
export function renameEffect(
  answer: RenameAnswer,
  { task_id, renamed_to }: ShownConflict,
  { side }: SideNames,
): string {
  return {
    keep_file: `The row becomes task ${renamed_to ?? "?"} and keeps its history and its edits`,
    separate: `Deletes task ${task_id}, creates task ${renamed_to ?? "?"}`,
    keep_database: `The task in ${side} becomes ${task_id} again; its edits stay`,
  }[answer];
}

/** What a choice for many conflicts does to those that ask about a new id. */
export function renamesOfMany(answer: Answer, { side, Side }: SideNames): string {
  const renamed = `Rows get the new ids that ${side} has, and keep their history.`;
  return {
    keep_file: renamed,
    keep_database: `${Side} gets back the old ids.`,
    merge: renamed,
    separate: "Each old task is deleted, and each new one is created.",
  }[answer];
}

/** The choice in words that tell how a conflict ended. */
export function endingOf(choice: Answer, kind: ShownConflict["kind"], names: SideNames): string {
  if (choice === "separate") return RENAME_ANSWER.separate;
  if (kind !== "renamed") return choiceInWords(choice, names);
  return RENAME_ANSWER[choice === "merge" ? "keep_file" : choice];
}

/** The order of the keys 1, 2, 3. */
export const CHOICE_ORDER: readonly Choice[] = CHOICES;

/** The choice in words that fit the kind of conflict: where a side deleted the task, it is kept or deleted. */
export function choiceFor(choice: Answer, kind: ShownConflict["kind"], names: SideNames): string {
  if (kind !== "delete_modify" && kind !== "modify_delete") return endingOf(choice, kind, names);
  if (choice === "separate") return RENAME_ANSWER.separate;
  return deletes(choice, kind) ? "Delete the task" : "Keep the task";
}

/** What a choice does to a conflict of this kind, in one clause. */
export function effectOf(
  choice: Choice,
  kind: ShownConflict["kind"],
  { side, Side, short }: SideNames,
): string {
  if (deletes(choice, kind))
    return choice === "keep_file"
      ? `Keep ${short}: deletes the row`
      : `Keep database: deletes it from ${side}`;
  if (kind === "delete_modify") return `Keep database: writes the task to ${side} again`;
  if (kind === "modify_delete") return `Keep ${short}: creates the row again`;
  return {
    keep_file: `The row becomes like ${side}`,
    keep_database: `${Side} becomes like the row`,
    merge: `Keeps both sides' edits. ${Side} wins where both changed; status and next run are the database's`,
  }[choice];
}

export function deletes(choice: Answer, kind: ShownConflict["kind"]): boolean {
  return (
    (choice === "separate" && kind === "renamed") ||
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
