import type { JsonMap } from "../../lib/json.ts";
import { CHOICES, type FieldChoice, type Side } from "../../lib/sync/types.ts";
import { type Leaf, LEAVES } from "../model/leaves.ts";
import { Random } from "../random.ts";
import { render } from "./file-edit.ts";
import {
  type Disturbance,
  type Edit,
  POINTS,
  type Settings,
  type Step,
  type Story,
  TRIGGERS,
} from "./step.ts";
import { newTask, newValue } from "./values.ts";

/** Makes of a story's seed that of its older files. */
const OLDER_FILES = 0x0ba5eba1;

/** In a crowd, stories of several sources are told at the same time, each of which sounds as on the real parts. */
export type Level = "memory" | "real" | "crowd";

const LEAF_CHOICE = LEAVES as readonly Leaf[] as readonly [Leaf, ...Leaf[]];
const POINT_CHOICE = POINTS as readonly (typeof POINTS)[number][] as readonly [(typeof POINTS)[number]];

/** The story of a seed. The same seed and level tell the same story for ever. */
export function writeStory(seed: number, level: Level): Story {
  const random = new Random(seed);
  return new Author(random, level, seed).write();
}

class Author {
  private n = 0;
  private readonly ids: [string, ...string[]];

  constructor(
    private readonly random: Random,
    private readonly level: Level,
    private readonly seed: number,
  ) {
    this.ids = ["1", "2", "backup"];
    if (random.chance(0.5)) this.ids.push("report");
    if (random.chance(0.3)) this.ids.push("17");
  }

  write(): Story {
    const settings = this.settings();
    const text = this.firstText();
    const length = 3 + this.random.below(this.level === "memory" ? 14 : 11);
    const steps: Step[] = [];
    while (steps.length < length) steps.push(...this.some(settings));
    return { seed: this.seed, settings, text, steps: this.withOlderFiles(steps) };
  }

  /** An older text of the file comes back in some stories. What else they tell does not depend on it. */
  private withOlderFiles(steps: readonly Step[]): Step[] {
    const random = new Random(this.seed ^ OLDER_FILES);
    if (!random.chance(0.25)) return [...steps];
    const back: Step = { do: "go back", which: random.below(4) };
    const at = 1 + random.below(steps.length);
    return [...steps.slice(0, at), back, ...steps.slice(at)];
  }

  private settings(): Settings {
    const { random } = this;
    const ownership: Record<string, Side> = {};
    if (random.chance(0.2)) ownership["status"] = "database";
    if (random.chance(0.1)) ownership["description"] = random.pick(["file", "database"]);
    return {
      strategy: random.chance(0.06) ? "timestamp" : "three-way",
      policy: random.chance(0.8) ? "ask" : random.pick(CHOICES),
      direction: random.chance(0.85)
        ? "bidirectional"
        : random.pick(["file_to_database", "database_to_file"]),
      ownership,
    };
  }

  private firstText(): string {
    const { random } = this;
    const indent = random.pick(["  ", "", "    "]);
    const lines = ["# keep the head"];
    if (random.chance(0.3))
      lines.push("metadata:", "  last_sync: 2026-01-01T00:00:00Z", "  sync_source: yaml", "");
    lines.push("tasks:");
    for (const id of this.ids.slice(0, 3)) {
      if (random.chance(0.4)) lines.push("");
      if (random.chance(0.4)) lines.push(`${indent}# about ${id}`);
      lines.push(...this.firstTask(id, indent));
    }
    return [...lines, ""].join("\n");
  }

  private firstTask(id: string, indent: string): string[] {
    const task: JsonMap = newTask(id, this.next(), this.random);
    const lines = render(task, indent, this.random.chance(0.3));
    if (this.random.chance(0.4)) lines[1] = `${lines[1]} # keep ${id}`;
    return lines;
  }

  private next(): number {
    return ++this.n;
  }

  /** One step, or a few that belong together. */
  private some(settings: Settings): Step[] {
    const { random } = this;
    const kind = random.weighted({
      edit: 34,
      both: 8,
      run: 26,
      resolve: 9,
      undo: 5,
      restore: 2,
      garble: 1.5,
      spoil: 1.5,
      fault: 2,
      hold: this.level === "memory" ? 1.5 : 0.15,
      restart: 2,
      later: 2,
      real: this.level === "real" ? 6 : 0,
    });
    switch (kind) {
      case "edit":
        return [this.edit()];
      case "both":
        return this.bothSides();
      case "run":
        return [this.run(settings)];
      case "resolve":
        return [this.resolution()];
      case "undo":
        return [{ do: "undo", which: random.below(3), ...this.maybeCrash() }];
      case "restore":
        return [{ do: "restore", which: random.below(4) }];
      case "garble":
        return [{ do: "garble" }, ...this.between(settings), { do: "mend" }];
      case "spoil":
        return [{ do: "spoil", task: random.pick(this.ids) }];
      case "fault": {
        const what = random.pick(["unwritable", "unreadable"]);
        return [{ do: "fault", what, on: true }, ...this.between(settings), { do: "fault", what, on: false }];
      }
      case "hold":
        return [{ do: "hold", task: random.pick(this.ids) }, ...this.between(settings), { do: "let go" }];
      case "restart":
        return [{ do: "restart", worker: random.pick([0, 1]) }];
      case "later":
        return [{ do: "later", ms: random.pick([50, 900, 30_000, 3_700_000, -5_000]) }];
      case "real":
        return this.withRealParts(settings);
    }
  }

  private between(settings: Settings): Step[] {
    return this.random.chance(0.6) ? [this.edit(), this.run(settings)] : [this.run(settings)];
  }

  private edit(): Edit {
    const { random } = this;
    const side = random.pick(["file", "database"] as const);
    const how = side === "file" ? random.pick(["rename", "in place"]) : random.pick(["sql", "api"]);
    const task = random.pick(this.ids);
    const kind = random.weighted({ edit: 80, create: 8, delete: 8, all: 4 });
    if (kind === "create") return { do: "create", side, how, task: this.someId(), n: this.next() };
    if (kind === "delete") return { do: "delete", side, how, task };
    const leaf = random.pick(LEAF_CHOICE);
    const value = newValue(leaf, this.next(), random);
    if (kind === "all") return { do: "edit all", how: "sql", leaf, value };
    return { do: "edit", side, how, task, leaf, value };
  }

  private someId(): string {
    return this.random.chance(0.5) ? this.random.pick(this.ids) : this.random.pick(["new-1", "new-2", "30"]);
  }

  /** The same task on both sides, as people disagree. */
  private bothSides(): Step[] {
    const { random } = this;
    const task = random.pick(this.ids);
    const leaf = random.pick(LEAF_CHOICE);
    const other = random.chance(0.6) ? leaf : random.pick(LEAF_CHOICE);
    const value = (of: Leaf) => newValue(of, this.next(), random);
    const file: Edit = random.chance(0.12)
      ? { do: "delete", side: "file", how: "rename", task }
      : { do: "edit", side: "file", how: "in place", task, leaf, value: value(leaf) };
    const database: Edit = random.chance(0.12)
      ? { do: "delete", side: "database", how: "sql", task }
      : { do: "edit", side: "database", how: "api", task, leaf: other, value: value(other) };
    return random.chance(0.5) ? [file, database] : [database, file];
  }

  private run(settings: Settings): Step {
    const { random } = this;
    const trigger = random.pick(TRIGGERS);
    const oneWay = random.chance(0.1) ? random.pick(["file_to_database", "database_to_file"] as const) : null;
    return {
      do: "run",
      worker: random.chance(0.8) ? 0 : 1,
      trigger: oneWay ? "manual" : trigger,
      ...(oneWay ? { direction: oneWay, force: random.chance(0.4) } : {}),
      ...(random.chance(0.45) ? { disturb: this.disturbance(settings) } : {}),
    };
  }

  private disturbance({ policy }: Settings): Disturbance {
    const { random } = this;
    // After such a crash an edit of the same task may count as a conflict, which a policy would decide at once.
    const at =
      policy === "ask"
        ? random.pick(POINT_CHOICE)
        : random.pick(["requests claimed", "file read", "rows read"]);
    const what = random.weighted({
      crash: 5,
      "lose connection": this.level === "real" ? 2 : 0,
      meanwhile: 6,
    });
    // What a policy decides is judged by what both sides said when the run began.
    if (what === "lose connection") return { at, what };
    if (what === "crash" || policy !== "ask") return { at, what: "crash" };
    const edits = Array.from({ length: 1 + random.below(2) }, () => this.edit());
    return { at, what, edits };
  }

  private resolution(): Step {
    const { random } = this;
    const fields: Record<string, FieldChoice> = {};
    if (random.chance(0.3)) {
      const leaf = random.pick(LEAF_CHOICE);
      fields[leaf] = random.pick(["file", "database"]);
    }
    return {
      do: "resolve",
      which: random.below(3),
      choice: random.pick(CHOICES),
      fields,
      ...this.maybeCrash(),
    };
  }

  private maybeCrash(): { crash?: (typeof POINTS)[number] } {
    return this.random.chance(0.2) ? { crash: this.random.pick(POINT_CHOICE) } : {};
  }

  private withRealParts(settings: Settings): Step[] {
    const { random } = this;
    const kind = random.weighted({ slow: 4, meddle: 3, list: 1 });
    const task = random.pick(this.ids);
    if (kind === "list")
      return [{ do: "list", present: false }, ...this.between(settings), { do: "list", present: true }];
    if (kind === "meddle") {
      const how = random.pick(["refuses", "drops", "alters"] as const);
      return [
        { do: "meddle", task, how },
        ...this.between(settings),
        { do: "meddle", task, how: "not any more" },
      ];
    }
    const leaf = random.pick(LEAF_CHOICE);
    const value = newValue(leaf, this.next(), random);
    const slow: Step = {
      do: "slow save",
      task,
      leaf,
      value,
      part: random.next(),
      ms: 50 + random.below(700),
    };
    return [slow, ...this.between(settings)];
  }
}
