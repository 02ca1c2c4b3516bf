import { realpath, stat } from "node:fs/promises";
import type { FileJson } from "../../../lib/protocol/file.ts";
import { namesTasks } from "../../../lib/yaml/names-tasks.ts";
import { readSchedule } from "../../../lib/yaml/read.ts";
import { taskLines } from "../../../lib/yaml/task-lines.ts";
import { TooLargeToShow } from "../errors.ts";
import type { MayUse } from "../may-use.ts";
import { MOST_SHOWN_BYTES } from "../schedule-text/most-shown.ts";
import { readYamlFile } from "./read-file.ts";
import type { FileSnapshot } from "./snapshot.ts";

/**
 * The file as people may look at it, also where it is a broken schedule.
 * @throws {TooLargeToShow}
 */
export async function viewFile(
  path: string,
  previous: FileSnapshot | undefined,
  mayUse?: MayUse,
): Promise<FileJson> {
  // Not even the size of a file elsewhere is told.
  const allowed = (await mayUse?.(await realpath(path).catch(() => path))) !== false;
  const size = await stat(path).then(
    (about) => (allowed && about.isFile() ? about.size : 0),
    () => 0,
  );
  if (size > MOST_SHOWN_BYTES)
    throw new TooLargeToShow(`${path} has ${size} bytes; up to ${MOST_SHOWN_BYTES} are shown`);
  const read = await readYamlFile(path, previous, undefined, mayUse);
  if (read.ok) {
    const { revision, document } = read.snapshot;
    return { path, revision, text: document.text, tasks: taskLines(document), problems: document.problems };
  }
  const { revision, problem, bytes } = read;
  const text = bytes === null ? null : shownText(bytes);
  return { path, revision, text, tasks: [], problems: [problem] };
}

/**
 * The text of a schedule, also of a broken one, or of an empty file; null for any other text, which may hold a secret.
 * PostgreSQL stores no NUL, and no YAML has one either.
 */
export function shownText(bytes: Buffer): string | null {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).replaceAll("\0", "\uFFFD");
  if (text.trim() === "" || namesTasks(text)) return text;
  return readSchedule(text).fatal === undefined ? text : null;
}
