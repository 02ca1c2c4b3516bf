import { z } from "zod";
import type { Json } from "../../json.ts";
import { fieldPath, map, text } from "../http/parts.ts";

const value: z.ZodType<Json> = z.json();
const word = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Where a value of ours comes from: a field of theirs, such a field with a table of words, or a constant. */
export const expressionSchema = z
  .union(
    [
      fieldPath,
      map({
        from: fieldPath.describe("The field of theirs"),
        values: z
          .record(text, word)
          .optional()
          .describe(
            "Their words and ours: {on: active, off: paused}. A word that is not here stays as it is",
          ),
        send_other: word
          .optional()
          .describe("What is sent for a value of ours that `values` lacks; without it, such a task is held"),
      }),
      map({ value: value.describe("The same for every task") }),
    ],
    "must be a field of theirs, {from: field, values: {theirs: ours}} or {value: constant}",
  )
  .meta({ id: "TaskExpression" });
export type Expression = z.output<typeof expressionSchema>;

/** The field of theirs that the value comes from; null for a constant. */
export function fieldIn(expression: Expression): string | null {
  if (typeof expression === "string") return expression;
  return "from" in expression ? expression.from : null;
}

/** What a value of theirs says in our words. */
export function inOurWords(expression: Expression, theirs: Json | undefined): Json | undefined {
  if (typeof expression !== "object" || !("from" in expression)) return theirs;
  const { values } = expression;
  if (!values || theirs === undefined || typeof theirs === "object") return theirs;
  const name = String(theirs);
  return Object.hasOwn(values, name) ? (values[name] ?? null) : theirs;
}

/**
 * A value of ours in their words; undefined when the table has none.
 * @param present what stands there now: one of several words with the same meaning stays, and so does its type.
 */
export function inTheirWords(
  expression: Expression,
  ours: Json,
  present: Json | undefined,
): Json | undefined {
  if (typeof expression !== "object" || !("from" in expression) || !expression.values) return ours;
  if (ours === null) return null;
  const fitting = Object.entries(expression.values).flatMap(([name, word]) => (word === ours ? [name] : []));
  if (present !== undefined && typeof present !== "object" && fitting.includes(String(present)))
    return present;
  const [name] = fitting;
  if (name === undefined) return expression.send_other;
  return typeof present === "string" ? name : scalarOf(name);
}

/** A key of YAML is text in the end, so true, false and numbers are taken for what they look like. */
function scalarOf(name: string): Json {
  if (name === "true" || name === "false") return name === "true";
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(name) ? Number(name) : name;
}
