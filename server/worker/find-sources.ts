import { readFile } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import { checkSources, type FoundSource } from "../../lib/source/check-sources.ts";
import type { CsvConfig } from "../../lib/source/csv/csv-config.ts";
import type { HttpEndpointConfig } from "../../lib/source/http/read-http.ts";
import type { HttpTasksConfig } from "../../lib/source/http-tasks/config.ts";
import { parseSources, type SourceEntry } from "../../lib/source/parse-sources.ts";
import type { SourceProblem } from "../../lib/source/place.ts";
import {
  type BasedSettings,
  layered,
  presetSettings,
  type Presets,
  type SourceSettings,
} from "../../lib/source/settings.ts";
import { allowedPlaces, mayLieAt, type Places, realPathOf } from "./allowed-places.ts";
import { collectionProblems } from "./collection-problems.ts";

/** The only source when there is no `sources.yml`. */
const DEFAULT_SOURCE = "default";
/** Far more than anyone has. A pattern with more files, such as a whole disk, is a mistake. */
const MOST_SOURCES = 20_000;

export interface Configured extends FoundSource {
  base: BasedSettings;
  /** For a source that is a resource of an API, and no file. */
  http?: HttpEndpointConfig;
  /** For a source that is a table in a CSV file. */
  csv?: CsvConfig;
  /** For tasks behind an API. */
  httpTasks?: HttpTasksConfig;
}

export interface WhereToLook {
  sourcesFile: string;
  /** Path of the only source when there is no `sources.yml`. */
  scheduleFile: string;
  /** Folders, besides that of `sources.yml` or of the only file, in which files may be. */
  folders: readonly string[];
  /** Holds secrets, so no file may be there. */
  dataDir: string;
  presets: Presets;
  /** Labels that this worker serves. */
  labels: readonly string[];
  /** The present label of a source, which an edit in the database may have changed. */
  labelOf(id: string, configured: string): string;
}

export interface FoundSources {
  /** The sources that this worker serves. */
  sources: Configured[];
  /** Where one of them is not of a file that is left out, the list as a whole cannot be used. */
  problems: SourceProblem[];
  /** False when there is no `sources.yml`. */
  listed: boolean;
  /** The folder in which files may be, besides those of SOURCE_FOLDERS. */
  home: string;
}

/** The sources of `sources.yml` that this worker serves; without that file, the source of `SCHEDULE_FILE`. */
export async function findSources(where: WhereToLook): Promise<FoundSources> {
  const home = dirname(resolve(where.sourcesFile));
  const places = await allowedPlaces({ ...where, home });
  const text = await listText(where.sourcesFile, places);
  if (text === null) return onlySource(where);
  if (typeof text !== "string") return { sources: [], problems: [text.problem], listed: true, home };
  const { defaults, entries, problems } = parseSources(text);
  if (problems.length > 0) return { sources: [], problems, listed: true, home };

  problems.push(...collectionProblems(entries));
  const found: (Configured & { ours: boolean })[] = [];
  let unseen = false;
  for (const entry of entries) {
    const base = layered(presetSettings(where.presets), [
      ["defaults", defaults],
      ["file", entry.settings],
    ]);
    const mine = where.labels.includes(base.settings.worker);
    const elsewhere = sourceElsewhere(entry, base, home);
    if (elsewhere) {
      const ours = where.labels.includes(where.labelOf(entry.id, base.settings.worker));
      found.push({ ...elsewhere, ours });
      continue;
    }
    const files = await filesOf(entry, where, problems);
    if (!mine && entry.glob !== undefined && files.length === 0) unseen = true;
    for (const path of files) {
      const id = entry.file === undefined ? idFor(entry.id, path, where.sourcesFile) : entry.id;
      const ours = where.labels.includes(where.labelOf(id, base.settings.worker));
      const source = {
        id,
        path,
        realPath: null,
        depends_on: base.settings.depends_on,
        at: entry.at,
        dependsAt: entry.dependsAt,
        base,
        matched: entry.glob !== undefined,
        ours,
      };
      if (!ours) found.push(source);
      else {
        const real = await realPathOf(path);
        const fits = mayLieAt(real, places);
        if (!fits) problems.push(leadsOut(source, real));
        if (fits || !source.matched) found.push({ ...source, realPath: fits ? real : null });
      }
    }
  }
  if (found.length > MOST_SOURCES)
    problems.push({
      message: `matches ${found.length} files; at most ${MOST_SOURCES} are allowed`,
    });
  const { fitting, problems: wrong } = checkSources(found, () => unseen);
  problems.push(...wrong);
  return { sources: fitting.filter(({ ours }) => ours), problems, listed: true, home };
}

/** A source of objects, or behind an API; null for files of tasks. Where a CSV file leads is checked by each reading. */
function sourceElsewhere(
  { id, at, dependsAt, http, csv, httpTasks }: SourceEntry,
  base: BasedSettings,
  home: string,
): Configured | null {
  const { depends_on } = base.settings;
  const shared = { id, realPath: null, depends_on, at, dependsAt, base, matched: false };
  const addressOf = (base_url: string, path: string) => `${base_url.replace(/\/$/, "")}${path}`;
  if (http) return { ...shared, path: addressOf(http.client.base_url, http.resource.path), http };
  if (httpTasks) return { ...shared, path: addressOf(httpTasks.client.base_url, httpTasks.path), httpTasks };
  if (!csv) return null;
  return { ...shared, path: "file" in csv.from ? resolve(home, csv.from.file) : csv.from.url, csv };
}

/** The text of `sources.yml`; null when it does not exist. Its problems quote it, so it is contained as well. */
async function listText(
  sourcesFile: string,
  places: Places,
): Promise<string | null | { problem: SourceProblem }> {
  try {
    const text = await readFile(sourcesFile, "utf8");
    if (mayLieAt(await realPathOf(resolve(sourcesFile)), places)) return text;
    return { problem: { message: "leads out of its folder and of those in SOURCE_FOLDERS" } };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? null : { problem: { message: `cannot be read (${code ?? message})` } };
  }
}

/** Where the file leads is checked by each reading, so a link that leads out is a problem of the file. */
function onlySource({ scheduleFile, presets, labels }: WhereToLook): FoundSources {
  const path = resolve(scheduleFile);
  const own: Partial<SourceSettings> = labels[0] === undefined ? {} : { worker: labels[0] };
  const base = layered({ ...presetSettings(presets), ...own }, []);
  return {
    sources: [
      {
        id: DEFAULT_SOURCE,
        path,
        realPath: path,
        matched: false,
        depends_on: [],
        at: {},
        dependsAt: {},
        base,
      },
    ],
    problems: [],
    listed: false,
    home: dirname(path),
  };
}

async function filesOf(
  entry: SourceEntry,
  { sourcesFile }: WhereToLook,
  problems: SourceProblem[],
): Promise<string[]> {
  const folder = dirname(resolve(sourcesFile));
  if (entry.file !== undefined) return [resolve(folder, entry.file)];
  const pattern = entry.glob ?? "";
  try {
    // Symbolic links are followed, because mounted folders consist of them. Where they lead is checked for
    // each file.
    const files = await glob(pattern, {
      cwd: folder,
      absolute: true,
      followSymbolicLinks: true,
      onlyFiles: true,
      expandDirectories: false,
    });
    return files
      .map((file) => resolve(file))
      .filter((file) => file !== resolve(sourcesFile))
      .sort();
  } catch (error) {
    problems.push({
      message: `glob ${pattern} cannot be followed: ${(error as Error).message}`,
      ...entry.at,
    });
    return [];
  }
}

function idFor(template: string, path: string, sourcesFile: string): string {
  const name = basename(path, extname(path));
  const inside = relative(dirname(resolve(sourcesFile)), path)
    .split(sep)
    .filter((part) => part !== "..");
  const whole = [...inside.slice(0, -1), name].join("-");
  return template.replaceAll("{name}", name).replaceAll("{path}", whole);
}

function leadsOut({ path, at, matched }: FoundSource, real: string): SourceProblem {
  return {
    message:
      `${path} leads to ${real}, outside the folder of sources.yml and those in SOURCE_FOLDERS, ` +
      "or into DATA_DIR",
    ...at,
    ...(matched ? { left_out: true } : {}),
  };
}
