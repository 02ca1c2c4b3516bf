/** How pages call the file's side of a source. An API is called by the name of its source. */
export interface SideNames {
  /** Within a sentence: `the file`. */
  side: string;
  /** Where a sentence begins: `The file`. */
  Side: string;
  /** As a heading: `YAML file`. */
  heading: string;
  /** In a few words: `Keep YAML`. */
  short: string;
  /** Whether it is a file, which has lines on a disk and earlier versions. */
  isFile: boolean;
}

export const NAMES_OF_FILE: SideNames = {
  side: "the file",
  Side: "The file",
  heading: "YAML file",
  short: "YAML",
  isFile: true,
};

/** @param kind of the source, where it is known. */
export function sideNames(source: string, kind: string | undefined): SideNames {
  if (kind !== "http_tasks") return NAMES_OF_FILE;
  return { side: source, Side: source, heading: source, short: source, isFile: false };
}
