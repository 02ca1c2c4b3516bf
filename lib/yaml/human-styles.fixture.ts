import { isMap, type Json, type JsonMap } from "../json.ts";

/**
 * Draws a number from 0 up to, but not including, `below`. Properties draw from a seed, because letting the
 * test framework generate whole documents makes shrinking them too slow.
 */
export type Draw = (below: number) => number;

/** The mulberry32 generator (Tommy Ettinger, public domain). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A schedule as one person might write it. */
export interface HumanSchedule {
  text: string;
  tasks: JsonMap[];
}

const WORDS = [
  "backup",
  "nightly",
  "send report",
  "check health",
  "clean up",
  "über alles",
  "日本",
  "emoji 🙂",
];
const TEXTS = [
  "on",
  "No",
  "12:30",
  "0755",
  "1_000",
  "a: b",
  "x # y",
  "it's",
  'say "hi"',
  " padded ",
  "",
  "~",
  "- dash",
  "2026-01-31",
  "a\tb",
  "{x}",
  "back\\slash",
  "null",
  "1e3",
  "=",
];
const LINES = ["one\ntwo", "one\ntwo\n", "one\n\ntwo\n", "first line\n  deeper\nlast"];

function drawText(draw: Draw): string {
  const kind = draw(9);
  return pick(draw, kind < 5 ? WORDS : kind < 8 ? TEXTS : LINES);
}

export function drawScalar(draw: Draw): Json {
  const kind = pick(draw, ["text", "text", "number", "boolean", "null"]);
  if (kind === "number") return pick(draw, [draw(100_000), -1 - draw(1000), 0.5, -2.25, 1e-7, 2.5e-9]);
  return kind === "text" ? drawText(draw) : kind === "boolean" ? draw(2) === 0 : null;
}

export function drawValue(draw: Draw, depth = 2): Json {
  const kind = depth === 0 ? "scalar" : pick(draw, ["scalar", "scalar", "scalar", "list", "map"]);
  if (kind === "scalar") return drawScalar(draw);
  const count = draw(4);
  if (kind === "list") return Array.from({ length: count }, () => drawValue(draw, depth - 1));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      pick(draw, ["key", "retries", "on", "a b", "12", "x.y"]) + i,
      drawValue(draw, depth - 1),
    ]),
  );
}

export function drawTask(draw: Draw, id: number | string): JsonMap {
  const task: JsonMap = {
    id,
    skill_name: pick(draw, WORDS),
    schedule_cron: pick(draw, ["0 3 * * *", "*/5 * * * *", "15 4 1 1 1"]),
  };
  if (draw(2) === 0) task["status"] = pick(draw, ["pending", "active", "paused"]);
  if (draw(2) === 0) task["next_run_at"] = pick(draw, ["2026-01-31T03:00:00Z", "2026-01-31 03:00:00", null]);
  if (draw(2) === 0) task["description"] = pick(draw, [null, drawText(draw)]);
  if (draw(2) === 0) task["params"] = { x: 1, ...(drawMap(draw) as object) };
  if (draw(2) === 0) task["owner"] = drawValue(draw, 1);
  if (draw(2) === 0) task["updated_at"] = "2026-01-31T03:00:00.000Z";
  return task;
}

function drawMap(draw: Draw): Json {
  const value = drawValue(draw, 2);
  return isMap(value) ? value : { v: value };
}

/** Up to `most` tasks, with layout and comments drawn at random. */
export function drawSchedule(draw: Draw, most = 4): HumanSchedule {
  const count = 1 + draw(most);
  const tasks = Array.from({ length: count }, (_, i) =>
    drawTask(draw, draw(2) === 0 ? i + 1 : `task-${i + 1}`),
  );
  return { text: new Writer(draw).schedule(tasks), tasks };
}

export function pick<T>(draw: Draw, values: readonly T[]): T {
  return values[draw(values.length)] as T;
}

class Writer {
  private readonly listIndent: number;
  constructor(private readonly draw: Draw) {
    this.listIndent = pick(draw, [0, 2]);
  }

  schedule(tasks: JsonMap[]): string {
    const column = pick(this.draw, [0, 2, 2, 4]);
    const lines: string[] = [];
    if (this.chance(3)) lines.push("# Header comment", "");
    if (this.chance(5)) lines.push("---");
    if (this.chance(3))
      lines.push("metadata:  # about", "  last_sync: 2026-01-01T00:00:00Z", '  sync_source: "yaml"', "");
    lines.push(pick(this.draw, ["tasks:", "tasks:   # the list", '"tasks":']));
    if (this.chance(4)) lines.push("");
    const apart = this.chance(2);
    for (const [number, task] of tasks.entries()) {
      if (number > 0 && apart) lines.push("");
      if (this.chance(3)) lines.push(`${" ".repeat(column)}# Task ${number}`);
      lines.push(...this.item(task, column));
      if (this.chance(6)) lines.push(`${" ".repeat(column + 2)}# that was ${number}`);
    }
    if (this.chance(3)) lines.push("", "# another section", "other:", "  - 1", "last: x");
    if (this.chance(6)) lines.push("# the end");
    const eol = pick(this.draw, ["\n", "\n", "\r\n"]);
    const text = lines.join("\n") + (this.chance(4) ? "" : "\n");
    return (this.chance(6) ? "\uFEFF" : "") + text.replaceAll("\n", eol);
  }

  private item(task: JsonMap, column: number): string[] {
    const margin = " ".repeat(column);
    if (this.chance(8)) return [`${margin}- ${this.flow(task)}${this.comment()}`];
    const gap = pick(this.draw, [1, 1, 3]);
    const inner = column + 1 + gap;
    const body = this.entries(task, inner);
    if (this.chance(8)) return [`${margin}-${this.comment()}`, ...body];
    const [first = "", ...rest] = body;
    return [`${margin}-${" ".repeat(gap)}${first.trimStart()}`, ...rest];
  }

  private entries(map: JsonMap, column: number): string[] {
    const margin = " ".repeat(column);
    const lines: string[] = [];
    for (const [key, value] of Object.entries(map)) {
      if (lines.length > 0 && this.chance(12)) lines.push(pick(this.draw, [`${margin}# about ${key}`, ""]));
      const name = /^[a-z_]+$/.test(key) && key !== "on" ? key : JSON.stringify(key);
      lines.push(
        ...this.value(value, column).map((line, i) => (i === 0 ? `${margin}${name}:${line}` : line)),
      );
    }
    return lines;
  }

  /** The text after the colon, then the lines below. */
  private value(value: Json, column: number): string[] {
    if (Array.isArray(value) && value.length > 0 && !this.chance(3)) {
      const margin = " ".repeat(column + this.listIndent);
      return [this.comment(), ...value.flatMap((item) => this.listItem(item, margin))];
    }
    if (isMap(value) && Object.keys(value).length > 0 && !this.chance(3))
      return [this.comment(), ...this.entries(value, column + pick(this.draw, [2, 4]))];
    if (typeof value === "object" && value !== null) return [` ${this.flow(value)}${this.comment()}`];
    if (typeof value === "string" && value.includes("\n") && this.chance(2))
      return this.block(value, column + 2);
    if (value === null && this.chance(2)) return [this.comment()];
    if (value === "send report" && this.chance(2))
      return [pick(this.draw, [" send", ' "send', " 'send"]), " ".repeat(column + 2) + "report"].map(
        (line, i, all) => (i === 1 ? line + (/^ ["']/.exec(all[0] ?? "")?.[0].trim() ?? "") : line),
      );
    return [`${pick(this.draw, [" ", " ", "   "])}${this.scalar(value, false)}${this.comment()}`];
  }

  private listItem(item: Json, margin: string): string[] {
    if (isMap(item) && Object.keys(item).length > 0 && !this.chance(3)) {
      const [first = "", ...rest] = this.entries(item, margin.length + 2);
      return [`${margin}- ${first.trimStart()}`, ...rest];
    }
    return [`${margin}- ${this.flow(item)}${this.comment()}`];
  }

  private block(value: string, column: number): string[] {
    const end = value.endsWith("\n") ? "" : "-";
    const lines = value.replace(/\n$/, "").split("\n");
    return [
      ` |${end}${this.comment()}`,
      ...lines.map((line) => (line === "" ? "" : " ".repeat(column) + line)),
    ];
  }

  private flow(value: Json): string {
    const pad = pick(this.draw, ["", " "]);
    if (Array.isArray(value))
      return value.length === 0
        ? "[]"
        : `[${pad}${value.map((item) => this.flow(item)).join(pick(this.draw, [", ", ","]))}${pad}]`;
    if (isMap(value))
      return `{${pad}${Object.entries(value)
        .map(
          ([key, item]) =>
            `${/^[a-z_]+$/.test(key) && key !== "on" ? key : JSON.stringify(key)}: ${this.flow(item)}`,
        )
        .join(", ")}${pad}}`;
    return this.scalar(value, true);
  }

  private scalar(value: Json, flow: boolean): string {
    if (typeof value === "number") return String(value);
    if (typeof value !== "string") return value === null ? pick(this.draw, ["null", "~"]) : String(value);
    const plain =
      (/^[a-zü日本][a-z ü日本🙂]*$/u.test(value) && !["on", "null"].includes(value)) ||
      (!flow && /^\d[\d -]*T?[\d:.]*Z?$/.test(value) && / |T/.test(value));
    const style = pick(this.draw, ["plain", "single", "double"]);
    if (plain && style === "plain") return value;
    if (style !== "double" && !/[\n\t]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
    return JSON.stringify(value);
  }

  private comment(): string {
    return this.chance(8) ? pick(this.draw, [" # note", "   # it's: {odd}", "\t# tab", "  "]) : "";
  }

  private chance(of: number): boolean {
    return this.draw(of) === 0;
  }
}
