import { dump, load } from "js-yaml";
import { canonicalJson, type JsonMap } from "../../lib/json.ts";
import { tasksIn } from "../model/file-text.ts";
import { ABSENT, type Leaf, leavesOf, type Value } from "../model/leaves.ts";
import { withLeaf } from "./values.ts";

/** Edits the text as a person would: the line where the value stands, or else the whole task anew. */
export function editInText(text: string, id: string, leaf: Leaf, value: Value): string {
  const task = taskIn(text, id);
  const wanted = withLeaf(task, leaf, value);
  const byLine = value === ABSENT ? null : editLine(text, id, leaf, task, value);
  if (byLine !== null && says(byLine, id, wanted)) return byLine;
  const block = blockOf(text, id);
  const whole = splice(text, block.start, block.end, render(wanted, block.indent));
  if (!says(whole, id, wanted))
    throw new Error(`the story cannot set ${leaf} of ${id} to ${value} in:\n${text}`);
  return whole;
}

/** Adds a task after the last one, in the list's own indentation. */
export function addToText(text: string, task: JsonMap): string {
  const lines = text.split("\n");
  const indent = /^( *)- id:/m.exec(text)?.[1] ?? "  ";
  const empty = lines.findIndex((line) => /^tasks:\s*(\[\]|null|~)/.test(line));
  if (empty >= 0) lines[empty] = "tasks:";
  while (lines.at(-1)?.trim() === "") lines.pop();
  return [...lines, ...render(task, indent), ""].join("\n");
}

export function removeFromText(text: string, id: string): string {
  const { start, end } = blockOf(text, id);
  const after = splice(text, start, end, []);
  return /^ *- id:/m.test(after) ? after : after.replace(/^tasks:.*$/m, "tasks: []");
}

/** The lines of a task, as a person types them. */
export function render(task: JsonMap, indent: string, flow = false): string[] {
  const { params, ...rest } = task;
  const yaml = (map: JsonMap) => dump(map, { lineWidth: -1 }).trimEnd().split("\n");
  const lines = yaml(rest);
  if (params !== undefined) lines.push(...(flow ? [`params: ${JSON.stringify(params)}`] : yaml({ params })));
  return lines.map((line, i) => (line === "" ? "" : `${indent}${i === 0 ? "- " : "  "}${line}`));
}

function taskIn(text: string, id: string): JsonMap {
  const task = tasksIn(text)?.find((each) => String(each["id"]) === id);
  if (!task) throw new Error(`task ${id} does not stand in:\n${text}`);
  return task;
}

function editLine(text: string, id: string, leaf: Leaf, task: JsonMap, value: Value): string | null {
  const { start, end } = blockOf(text, id);
  const name = leaf.split(".").at(-1) ?? leaf;
  const lines = text.split("\n");
  const at = lines.findIndex((line, i) => i > start && i < end && line.trimStart().startsWith(`${name}:`));
  const parts = /^(\s*[\w]+:\s+)(.*?)(\s+# .*)?$/.exec(lines[at] ?? "");
  if (!parts) return null;
  const [, key = "", old = "", note = ""] = parts;
  try {
    if (JSON.stringify(load(old)) !== leavesOf(task).get(leaf)) return null;
  } catch {
    return null;
  }
  lines[at] = `${key}${value}${note}`;
  return lines.join("\n");
}

function blockOf(text: string, id: string): { start: number; end: number; indent: string } {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, i) => (/^ *- id:/.test(line) ? [i] : []));
  const idOf = (line: string) => /^ *- id: *["']?([\w.-]+)/.exec(line)?.[1];
  const start = starts.find((i) => idOf(lines[i] ?? "") === id);
  if (start === undefined) throw new Error(`task ${id} has no lines in:\n${text}`);
  const next = starts.find((i) => i > start) ?? lines.length;
  let end = next;
  // Comments and empty lines before the next task are that task's.
  while (end > start + 1 && /^\s*(#.*)?$/.test(lines[end - 1] ?? "")) end--;
  return { start, end, indent: /^ */.exec(lines[start] ?? "")?.[0] ?? "" };
}

function splice(text: string, start: number, end: number, lines: readonly string[]): string {
  const all = text.split("\n");
  all.splice(start, end - start, ...lines);
  return all.join("\n");
}

function says(text: string, id: string, wanted: JsonMap): boolean {
  const found = tasksIn(text)?.find((each) => String(each["id"]) === id);
  return found !== undefined && canonicalJson(found) === canonicalJson(wanted);
}
