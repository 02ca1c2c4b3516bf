import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Pair, type YAMLMap } from "yaml";
import type { CsvConfig } from "./csv/csv-config.ts";
import { readCsv } from "./csv/read-csv.ts";
import { type HttpEndpointConfig, readHttp } from "./http/read-http.ts";
import type { HttpTasksConfig } from "./http-tasks/config.ts";
import { readHttpTasks } from "./http-tasks/read-http-tasks.ts";
import { settingsOfTasks } from "./http-tasks/settings-of-tasks.ts";
import { type Place, placeOf, type SourceProblem } from "./place.ts";
import { SETTING_NAMES, type SettingName, settingsSchema, type SourceSettings } from "./settings.ts";

/**
 * One entry of `sources.yml`: a file, every file that a pattern matches, a resource of an API, a table in a CSV file, or the
 * tasks behind an API.
 */
export interface SourceEntry {
  /** The source's id; for a pattern with `{name}` or `{path}` in it, which every file replaces. */
  id: string;
  file?: string;
  glob?: string;
  http?: HttpEndpointConfig;
  csv?: CsvConfig;
  httpTasks?: HttpTasksConfig;
  settings: Partial<SourceSettings>;
  at: Place;
  /** Where `depends_on` is, for problems with it that only the other sources show. */
  dependsAt: Place;
}

export interface SourcesDocument {
  defaults: Partial<SourceSettings>;
  entries: SourceEntry[];
  problems: SourceProblem[];
}

const ENTRY_KEYS = ["kind", "id", "file", "glob", ...SETTING_NAMES];
const HTTP_KEYS = ["kind", "client", "resources", ...SETTING_NAMES];

/** Reads `sources.yml`. With problems the rest is still read, so that all problems are reported at once. */
export function parseSources(text: string): SourcesDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: SourceProblem[] = document.errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { message, line, column: col };
  });
  if (problems.length > 0) return { defaults: {}, entries: [], problems };
  const reader = new Reader(lines, problems);
  const root: unknown = document.contents;
  if (!isMap(root)) {
    reader.wrong(root, "must be a map with a list `sources`");
    return { defaults: {}, entries: [], problems };
  }
  reader.onlyKeys(root, ["defaults", "sources"], "defaults and sources");
  const defaults = reader.settings(root.get("defaults", true), "defaults");
  const list: unknown = root.get("sources", true);
  if (!isSeq(list) || list.items.length === 0) {
    reader.wrong(
      list ?? root,
      "needs a list `sources` with at least one entry, such as `- {id: main, file: schedule.yml}`",
    );
    return { defaults, entries: [], problems };
  }
  const entries = list.items.flatMap((item) => reader.entries(item));
  return { defaults, entries, problems };
}

class Reader {
  constructor(
    private readonly lines: LineCounter,
    private readonly problems: SourceProblem[],
  ) {}

  wrong(node: unknown, message: string): void {
    this.problems.push({ message, ...placeOf(node, this.lines) });
  }

  onlyKeys(map: YAMLMap, allowed: readonly string[], inWords: string): void {
    for (const pair of map.items) {
      const key = keyOf(pair);
      if (!allowed.includes(key))
        this.wrong(pair, `${JSON.stringify(key)} is not a known key; known are ${inWords}`);
    }
  }

  /** The sources of one entry: one, or one for each resource of an API. */
  entries(item: unknown): SourceEntry[] {
    if (!isMap(item)) {
      this.wrong(item, "a source must be a map such as `{id: main, file: schedule.yml}`");
      return [];
    }
    const kind = item.has("kind") ? plain(item.get("kind", true)) : "yaml-file";
    if (kind === "http") return this.http(item);
    if (kind === "csv") return this.csv(item);
    if (kind === "http_tasks") return this.httpTasks(item);
    if (kind !== "yaml-file")
      this.wrong(item.get("kind", true), "kind must be yaml-file, http, http_tasks or csv");
    const entry = this.file(item);
    return entry ? [entry] : [];
  }

  private http(item: YAMLMap): SourceEntry[] {
    this.onlyKeys(item, HTTP_KEYS, HTTP_KEYS.join(", "));
    const shared = this.settings(item, null);
    return readHttp(item, (node, message) => this.wrong(node, message)).map(({ http, node }) => {
      const settings = { ...shared, ...this.settings(node, null) };
      return { id: http.resource.id, http, ...this.placed(node, settings, http.resource.parent) };
    });
  }

  private csv(item: YAMLMap): SourceEntry[] {
    const csv = readCsv(item, (node, message) => this.wrong(node, message));
    const settings = this.settings(item, null);
    return csv ? [{ id: csv.id, csv, ...this.placed(item, settings, csv.parent) }] : [];
  }

  private httpTasks(item: YAMLMap): SourceEntry[] {
    const httpTasks = readHttpTasks(item, (node, message) => this.wrong(node, message));
    const given = this.settings(item, null);
    if (!httpTasks) return [];
    const settings = settingsOfTasks(httpTasks, given);
    return [{ id: httpTasks.id, httpTasks, ...this.placed(item, settings, null) }];
  }

  /** Settings and places of a source of objects. Its parents are pulled first, whether or not that is said once more. */
  private placed(
    node: YAMLMap,
    settings: Partial<SourceSettings>,
    parent: { source: string } | null,
  ): Pick<SourceEntry, "settings" | "at" | "dependsAt"> {
    const depends_on = [...new Set([...(parent ? [parent.source] : []), ...(settings.depends_on ?? [])])];
    const depends: unknown =
      node.get("depends_on", true) ??
      node.get("path", true) ??
      node.get("parent", true) ??
      node.get("id", true);
    return {
      settings: depends_on.length > 0 ? { ...settings, depends_on } : settings,
      at: placeOf(node.get("id", true), this.lines),
      dependsAt: placeOf(depends, this.lines),
    };
  }

  private file(item: YAMLMap): SourceEntry | null {
    this.onlyKeys(item, ENTRY_KEYS, ENTRY_KEYS.join(", "));
    const [id, file, glob] = (["id", "file", "glob"] as const).map((key) => this.text(item, key));
    const settings = this.settings(item, null);
    if ((file === undefined) === (glob === undefined)) {
      this.wrong(item, "a source needs either `file` or `glob`");
      return null;
    }
    if (file !== undefined && id === undefined) {
      this.wrong(item, "a source with a `file` needs an `id`");
      return null;
    }
    const wanted = id ?? "{path}";
    const template = /\{(name|path)\}/.test(wanted);
    if (glob !== undefined && !template)
      this.wrong(
        item.get("id", true),
        "the id of a `glob` needs {name} or {path}, as every file is a source of its own",
      );
    if (file !== undefined && template)
      this.wrong(item.get("id", true), "{name} and {path} belong to a `glob`");
    const place = placeOf(item.get("id", true) ?? item.get("glob", true) ?? item, this.lines);
    const depends: unknown = item.get("depends_on", true);
    return {
      id: wanted,
      ...(file === undefined ? {} : { file }),
      ...(glob === undefined ? {} : { glob }),
      settings,
      at: place,
      dependsAt: depends === undefined ? place : placeOf(depends, this.lines),
    };
  }

  /** @param only the map's name, when it may hold nothing but settings. */
  settings(node: unknown, only: string | null): Partial<SourceSettings> {
    if (node === undefined) return {};
    if (!isMap(node)) {
      this.wrong(node, `${only ?? "a source"} must be a map of settings`);
      return {};
    }
    if (only !== null) this.onlyKeys(node, SETTING_NAMES, SETTING_NAMES.join(", "));
    const found: Partial<Record<SettingName, unknown>> = {};
    for (const name of SETTING_NAMES) {
      if (!node.has(name)) continue;
      const value: unknown = node.get(name, true);
      const read = settingsSchema.shape[name].safeParse(plain(value));
      if (read.success) found[name] = read.data;
      for (const issue of read.error?.issues ?? []) {
        const inside =
          issue.path.length > 0 && (isMap(value) || isSeq(value))
            ? (value.getIn(issue.path as (string | number)[], true) ?? value)
            : value;
        this.wrong(inside, `${[name, ...issue.path.map(String)].join(".")} ${issue.message}`);
      }
    }
    return found as Partial<SourceSettings>;
  }

  private text(map: YAMLMap, key: string): string | undefined {
    if (!map.has(key)) return undefined;
    const node: unknown = map.get(key, true);
    const value = plain(node);
    if (typeof value === "string" && value.trim() !== "" && !value.includes("\0")) return value;
    // An id that looks like a number is still an id.
    if (key === "id" && typeof value === "number") return String(value);
    this.wrong(node, `${key} must be text`);
    return undefined;
  }
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  return isMap(node) || isSeq(node) ? (node.toJSON() as unknown) : node;
}
