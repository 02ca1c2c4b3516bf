import type { JsonMap } from "../../lib/json.ts";
import { ABSENT, type Leaf, type Value } from "../model/leaves.ts";
import type { Random } from "../random.ts";

const STATUSES = ["pending", "active", "running", "paused", "completed", "failed", "disabled"] as const;

/** Texts that are hard on a writer of YAML; each has a number, so that no two edits say the same. */
const TEXTS: readonly [(n: number) => string, ...((n: number) => string)[]] = [
  (n) => `text ${n}`,
  (n) => `text ${n}`,
  (n) => `on: ${n}`,
  (n) => `# ${n} is no comment`,
  (n) => `two\nlines ${n}`,
  (n) => `"quoted" ${n}`,
  (n) => `1.${n}`,
  (n) => `2026-01-${10 + (n % 18)}T00:00:00.${n}`,
  (n) => ` led by a space ${n}`,
  (n) => `ünï ${n} 🙂`,
];

/** A new value for the leaf, which no other edit of the story writes (but for the few that a status can have). */
export function newValue(leaf: Leaf, n: number, random: Random): Value {
  const optional = leaf === "description" || leaf === "owner" || leaf.startsWith("params");
  if (optional && random.chance(0.12)) return ABSENT;
  return JSON.stringify(plainValue(leaf, n, random));
}

function plainValue(leaf: Leaf, n: number, random: Random): unknown {
  switch (leaf) {
    case "skill_name":
      return `skill-${n}`;
    case "schedule_cron":
      return `${n % 60} ${Math.floor(n / 60) % 24} ${1 + (Math.floor(n / 1440) % 28)} * *`;
    case "description":
      return random.pick(TEXTS)(n);
    case "status":
      return random.pick(STATUSES);
    case "owner":
      return `owner ${n}`;
    case "params.a":
      return n;
    case "params.b":
      return random.chance(0.4) ? [n, "x"] : random.pick(TEXTS)(n);
    case "params.deep.c":
      return random.chance(0.5) ? n : `deep ${n}`;
  }
}

/** A task as somebody creates it, some of its optional values left out. */
export function newTask(id: string, n: number, random: Random): JsonMap {
  const task: JsonMap = {
    id: /^\d+$/.test(id) ? Number(id) : id,
    skill_name: `skill-${n}`,
    schedule_cron: `${n % 60} ${Math.floor(n / 60) % 24} * * *`,
  };
  if (random.chance(0.6)) task["description"] = random.pick(TEXTS)(n);
  if (random.chance(0.7)) task["status"] = random.pick(STATUSES);
  if (random.chance(0.5)) task["owner"] = `owner ${n}`;
  const params: JsonMap = {};
  if (random.chance(0.7)) params["a"] = n;
  if (random.chance(0.5)) params["b"] = `b ${n}`;
  if (random.chance(0.4)) params["deep"] = { c: n };
  if (Object.keys(params).length > 0) task["params"] = params;
  return task;
}

/** The task with the leaf set, or taken out. Maps that become empty go with it. */
export function withLeaf(task: JsonMap, leaf: Leaf, value: Value): JsonMap {
  return set(task, leaf.split("."), value);
}

function set(map: JsonMap, [key = "", ...rest]: string[], value: Value): JsonMap {
  const { [key]: old, ...others } = map;
  if (rest.length > 0) {
    const inner = typeof old === "object" && old !== null && !Array.isArray(old) ? old : {};
    const after = set(inner, rest, value);
    if (Object.keys(after).length === 0) return others;
    return { ...map, [key]: after };
  }
  if (value === ABSENT) return others;
  return { ...map, [key]: JSON.parse(value) as JsonMap };
}
