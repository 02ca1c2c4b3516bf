import { isMap, type Json, type JsonMap, setKey } from "../../json.ts";

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)\}/g;

/** The names that a template has in braces: `{status}` and `{params.budget}` are ours, `{item.id}` is theirs. */
export function namesIn(template: Json): string[][] {
  if (typeof template === "string")
    return [...template.matchAll(PLACEHOLDER)].map(([, name = ""]) => name.split("."));
  if (Array.isArray(template)) return template.flatMap(namesIn);
  return isMap(template) ? Object.values(template).flatMap(namesIn) : [];
}

/** Whether the name is of a field of theirs. */
export function isTheirs(name: readonly string[]): boolean {
  return name[0] === "item" && name.length > 1;
}

/** Fills in a body. A text that is one name and nothing else becomes the value itself, with its type. */
export function fillBody(template: Json, valueOf: (name: string[]) => Json): Json {
  if (typeof template === "string") return fillTextOrValue(template, valueOf);
  if (Array.isArray(template)) return template.map((each) => fillBody(each, valueOf));
  if (!isMap(template)) return template;
  const filled: JsonMap = {};
  for (const [key, value] of Object.entries(template)) setKey(filled, key, fillBody(value, valueOf));
  return filled;
}

function fillTextOrValue(template: string, valueOf: (name: string[]) => Json): Json {
  const [first] = namesIn(template);
  if (first && template === `{${first.join(".")}}`) return valueOf(first);
  return fillText(template, (name) => inText(valueOf(name)));
}

/** Fills in a text. */
export function fillText(template: string, textOf: (name: string[]) => string): string {
  return template.replace(PLACEHOLDER, (_, name: string) => textOf(name.split(".")));
}

function inText(value: Json): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
