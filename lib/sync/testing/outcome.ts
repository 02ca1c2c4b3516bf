import type { Json } from "../../json.ts";
import { fieldName } from "../path.ts";
import type { Plan, PlanItem } from "../types.ts";

/**
 * Describes a plan for one task in one line, for tables: `update file(description=x) database merged`,
 * `conflict modify_modify description`, `nothing`, each with ` pending <reason>` when an edit waits.
 */
export function outcome(plan: Plan): string {
  const parts = [
    ...plan.items.map(itemText),
    ...plan.conflicts.map(({ kind, fields }) => `conflict ${kind} ${fields.join(" ")}`),
    ...[...plan.pending.values()]
      .filter((reason) => reason !== "conflict")
      .map((reason) => `pending ${reason}`),
    ...[...plan.refused.values()].map((refusal) => `refused ${refusal}`),
  ];
  return parts.join(", ") || "nothing";
}

function itemText(item: PlanItem): string {
  const { action, file, database, ancestor, merged } = item;
  const parts: string[] = [action];
  if (file === null) parts.push("file");
  if (file?.create) parts.push("file");
  if (file?.edits)
    parts.push(`file(${file.edits.map(({ path, value }) => `${fieldName(path)}=${text(value)}`).join(" ")})`);
  if (database !== undefined) parts.push("database");
  if (file === undefined && database === undefined) parts.push(ancestor ? "neither" : "forget");
  const lag = Object.entries(ancestor?.fieldsLeftBehind ?? {}).map(
    ([field, value]) => `${field}=${text(value)}`,
  );
  if (lag.length > 0) parts.push(`lag(${lag.join(" ")})`);
  if (merged) parts.push("merged");
  return parts.join(" ");
}

function text(value: Json | undefined): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
