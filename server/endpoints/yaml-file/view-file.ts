import { readFile, realpath, stat } from "node:fs/promises";
import type { FileJson } from "../../../lib/protocol/file.ts";
import { taskLines } from "../../../lib/yaml/task-lines.ts";
import { TooLargeToShow } from "../errors.ts";
import { outside, readYamlFile } from "./read-file.ts";
import type { FileSnapshot } from "./snapshot.ts";

/** A page cannot show more, and an answer need not carry more. */
export const MOST_SHOWN_BYTES = 8 * 1024 * 1024;

/**
 * The file as people may look at it, also where it is no valid schedule.
 * @throws {TooLargeToShow}
 */
export async function viewFile(
  path: string,
  previous: FileSnapshot | undefined,
  mayUse?: (realPath: string) => boolean,
): Promise<FileJson> {
  if (mayUse && !mayUse(await realpath(path).catch(() => path)))
    return {
      path,
      revision: null,
      text: null,
      tasks: [],
      problems: [{ code: "file_unreadable", message: outside(path) }],
    };
  const size = await stat(path).then(
    (about) => (about.isFile() ? about.size : 0),
    () => 0,
  );
  if (size > MOST_SHOWN_BYTES)
    throw new TooLargeToShow(`${path} has ${size} bytes; up to ${MOST_SHOWN_BYTES} are shown`);
  const read = await readYamlFile(path, previous, undefined, mayUse);
  if (read.ok) {
    const { revision, document } = read.snapshot;
    return { path, revision, text: document.text, tasks: taskLines(document), problems: document.problems };
  }
  const { revision, problem } = read;
  const text = revision === null ? null : await readFile(path).then(shownText, () => null);
  return { path, revision, text, tasks: [], problems: [problem] };
}

/** Text that can be shown and stored: PostgreSQL holds no NUL, and no YAML does either. */
export function shownText(bytes: Buffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).replaceAll("\0", "\uFFFD");
}
