import type { Ownership } from "../../lib/sync/types.ts";
import { GONE } from "./leaves.ts";
import type { Model } from "./model.ts";
import type { LeafVersions, Version } from "./versions.ts";

/**
 * The last word on a story, once everything has had its chance to run: every value that was not replaced is on
 * both sides, or it is on its own side of a task that is in conflict.
 * @param open the tasks that are in conflict.
 * @returns findings in plain words; none when nothing was lost.
 */
export function verdict(model: Model, open: ReadonlySet<string>): string[] {
  const findings: string[] = [];
  for (const task of model.names()) {
    for (const [leaf, versions] of model.of(task)) {
      const { file, database } = versions.shown;
      const where = `${leaf} of ${task}`;
      const shows = `the file shows ${file.value}, the database ${database.value}`;
      const needed = versions.heads.filter((head) => isNeeded(head, versions, model.ownership));
      for (const head of needed) {
        if (!versions.shows(head.value))
          findings.push(`lost: ${where} was set to ${head.value} in the ${head.side}; ${shows}`);
      }
      if (open.has(task)) continue;
      if (file.value !== database.value) findings.push(`not in step, and no conflict: ${where}; ${shows}`);
      else if (needed.some(({ value }) => value !== file.value))
        findings.push(`a choice nobody made: ${where}; ${shows}`);
    }
  }
  return [...new Set(findings)];
}

/** The exceptions that SPEC.md names (7 and 17). */
function isNeeded(head: Version, { leaf, heads, shown }: LeafVersions, ownership: Ownership): boolean {
  // A deletion wins over a task that only ticked.
  if (leaf === "status" && shown.file.value === GONE && shown.database.value === GONE) return false;
  if (head.seenBeside) return false;
  const owner = ownership[leaf];
  if (owner === undefined || owner === head.side) return true;
  // Its owner speaks for both sides as soon as it has the task.
  return shown[owner].value === GONE && !heads.some((other) => other.side === owner);
}
