import type { HaltJson } from "../../lib/protocol/run.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { plural } from "./run-words.ts";

/** `The file no longer has 33 tasks, and the database still does.`; null where no side has lost what would be deleted. */
export function lossInWords({ lost = [] }: Pick<HaltJson, "lost">, { side, Side }: SideNames): string | null {
  const [inFile, inDatabase] = [
    lost.filter(({ side }) => side === "yaml"),
    lost.filter(({ side }) => side === "db"),
  ];
  const parts = [
    inFile.length > 0
      ? `${Side} no longer has ${plural(inFile.length, "task")}, and the database still does.`
      : "",
    inDatabase.length > 0
      ? `The database no longer has ${plural(inDatabase.length, "task")}, and ${side} still does.`
      : "",
  ].filter(Boolean);
  return parts.length === 0 ? null : parts.join(" ");
}

/** `Put 33 tasks back in the file`, on the side that lost them; on both where both have lost some. */
export function putBackInWords({ lost = [] }: Pick<HaltJson, "lost">, { side }: SideNames): string {
  const sides = new Set(lost.map(({ side }) => side));
  const where = sides.size > 1 ? "" : ` in ${sides.has("yaml") ? side : "the database"}`;
  return `Put ${plural(lost.length, "task")} back${where}`;
}
