import { readFile, realpath } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import { checkSources, type FoundSource } from "../../lib/source/check-sources.ts";
import { parseSources, type SourceEntry } from "../../lib/source/parse-sources.ts";
import type { SourceProblem } from "../../lib/source/place.ts";
import {
  type BasedSettings,
  layered,
  presetSettings,
  type Presets,
  type SourceSettings,
} from "../../lib/source/settings.ts";

/** The only source when there is no `sources.yml`. */
const DEFAULT_SOURCE = "default";
/** Far more than anyone has. A pattern with more files, such as a whole disk, is a mistake. */
const MOST_SOURCES = 20_000;

export interface Configured extends FoundSource {
  base: BasedSettings;
}

export interface WhereToLook {
  sourcesFile: string;
  /** Path of the only source when there is no `sources.yml`. It is trusted, because the operator sets it. */
  scheduleFile: string;
  /** Folders, besides that of `sources.yml`, in which files may be. */
  folders: readonly string[];
  presets: Presets;
  /** Labels that this worker serves. */
  labels: readonly string[];
  /** The present label of a source, which an edit in the database may have changed. */
  labelOf(id: string, configured: string): string;
}

export interface FoundSources {
  /** The sources that this worker serves. */
  sources: Configured[];
  problems: SourceProblem[];
  /** False when there is no `sources.yml`. */
  listed: boolean;
  /** The real paths of the folders in which every file must be; null when any path is allowed. */
  folders: string[] | null;
}

/** The sources of `sources.yml` that this worker serves; without that file, the source of `SCHEDULE_FILE`. */
export async function findSources(where: WhereToLook): Promise<FoundSources> {
  const text = await readFile(where.sourcesFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    return { problem: { message: `cannot be read (${error.code ?? error.message})` } };
  });
  if (text === null) return onlySource(where);
  const folders = await allowedFolders(where);
  if (typeof text !== "string") return { sources: [], problems: [text.problem], listed: true, folders };
  const { defaults, entries, problems } = parseSources(text);
  if (problems.length > 0) return { sources: [], problems, listed: true, folders };

  const found: (Configured & { ours: boolean })[] = [];
  let unseen = false;
  for (const entry of entries) {
    const base = layered(presetSettings(where.presets), [
      ["defaults", defaults],
      ["file", entry.settings],
    ]);
    const mine = where.labels.includes(base.settings.worker);
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
        ours,
      };
      found.push(ours ? { ...source, realPath: await within(folders, source, problems) } : source);
    }
  }
  if (found.length > MOST_SOURCES)
    problems.push({
      message: `matches ${found.length} files; at most ${MOST_SOURCES} are allowed`,
    });
  problems.push(...checkSources(found, () => unseen));
  return { sources: found.filter(({ ours }) => ours), problems, listed: true, folders };
}

function onlySource({ scheduleFile, presets, labels }: WhereToLook): FoundSources {
  const path = resolve(scheduleFile);
  const own: Partial<SourceSettings> = labels[0] === undefined ? {} : { worker: labels[0] };
  const base = layered({ ...presetSettings(presets), ...own }, []);
  return {
    sources: [{ id: DEFAULT_SOURCE, path, realPath: path, depends_on: [], at: {}, dependsAt: {}, base }],
    problems: [],
    listed: false,
    folders: null,
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

/** The real paths of the folders in which every file must be. */
async function allowedFolders({ sourcesFile, folders }: WhereToLook): Promise<string[]> {
  const all = [dirname(resolve(sourcesFile)), ...folders.map((folder) => resolve(folder))];
  return Promise.all(all.map((folder) => realpath(folder).catch(() => folder)));
}

async function within(
  folders: readonly string[],
  { path, at }: FoundSource,
  problems: SourceProblem[],
): Promise<string | null> {
  const real = await realPathOf(path);
  if (isInside(real, folders)) return real;
  problems.push({
    message: `${path} leads to ${real}, outside the folder of sources.yml and those in SOURCE_FOLDERS`,
    ...at,
  });
  return null;
}

/** The real path, also of a file that does not exist: then of the folders that do. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}

export function isInside(real: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, real);
    return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}
