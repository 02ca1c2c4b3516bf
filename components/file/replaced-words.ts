import type { Backup } from "../../lib/protocol/file.ts";
import { NAMES_OF_FILE } from "../../lib/source/side-names.ts";
import { triggerInWords, whoInWords } from "../history/trigger-words.ts";
import { countsInWords } from "../shell/run-words.ts";

/** `Replaced by ada@example.com: edit here or by API, 1 updated`; who is left out where the run started by itself. */
export function replacedInWords(run: NonNullable<Backup["replaced_by"]>): string {
  const who = whoInWords(run);
  const why = triggerInWords(run.trigger, NAMES_OF_FILE);
  const what = countsInWords(run.counts);
  return `Replaced${who === "" ? "" : ` by ${who}`}: ${why.charAt(0).toLowerCase()}${why.slice(1)}, ${what}`;
}
