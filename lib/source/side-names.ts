/** How the file's side of a source is called, in words for people. Every other side is called by the name of its source. */
export interface SideNames {
  /** Within a sentence: `the file`. */
  side: string;
  /** Where a sentence begins: `The file`. */
  Side: string;
  /** In a label: `Saved, in file`. */
  noun: string;
  /** Where a label begins: `File to database`. */
  Noun: string;
  /** As a heading: `YAML file`. */
  heading: string;
  /** In a few words: `Keep YAML`. */
  short: string;
  /** As what is counted: `3 files`. */
  many: string;
  /** Whether it is a file, which has lines on a disk and earlier versions. */
  isFile: boolean;
}

export const NAMES_OF_FILE: SideNames = {
  side: "the file",
  Side: "The file",
  noun: "file",
  Noun: "File",
  heading: "YAML file",
  short: "YAML",
  many: "files",
  isFile: true,
};

/** Where a sentence is about several sources at once, some with a file and some with an API. */
const NAMES_OF_BOTH: SideNames = {
  side: "the file or API",
  Side: "The file or API",
  noun: "file or API",
  Noun: "File or API",
  heading: "File or API",
  short: "file or API",
  many: "sources",
  isFile: false,
};

const NAMES_OF_APIS: SideNames = {
  side: "the API",
  Side: "The API",
  noun: "API",
  Noun: "API",
  heading: "API",
  short: "API",
  many: "sources",
  isFile: false,
};

/** A source as its names depend on it; the kind is undefined where it is not known. */
export interface NamedSource {
  id: string;
  kind?: string | undefined;
}

/** @param kind of the source, where it is known. */
export function sideNames(source: string, kind: string | undefined): SideNames {
  if (kind === undefined || kind === "yaml-file") return NAMES_OF_FILE;
  return {
    ...{ side: source, Side: source, noun: source, Noun: source, heading: source, short: source },
    ...{ many: "sources", isFile: false },
  };
}

/** The name of the page that shows the text of tasks: a file's, or of an API's tasks what a file would have. */
export function fileTitle(
  sources: readonly (NamedSource & { object_type: string | null })[],
): "File" | "YAML" {
  const kinds = sources.filter(({ object_type }) => object_type === null).map(({ kind }) => kind);
  return kinds.length === 0 || kinds.includes("yaml-file") ? "File" : "YAML";
}

/** What all of these sources are called together. */
export function sideNamesOfAll(sources: readonly NamedSource[]): SideNames {
  const all = sources.map(({ id, kind }) => sideNames(id, kind));
  const [first = NAMES_OF_FILE] = all;
  if (all.every(({ isFile }) => isFile)) return NAMES_OF_FILE;
  if (all.length === 1) return first;
  return all.some(({ isFile }) => isFile) ? NAMES_OF_BOTH : NAMES_OF_APIS;
}
