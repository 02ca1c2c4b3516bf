import type { Json, JsonMap } from "../../lib/json.ts";
import type { ShownConflict, ShownPreview } from "../../lib/protocol/conflict.ts";
import { choiceToWire, previewFromWire } from "../../lib/protocol/wire.ts";
import { diffMaps } from "../../lib/sync/diff.ts";
import { fieldName } from "../../lib/sync/path.ts";
import { call } from "../live/api.ts";
import { sidesOf } from "./field-rows.ts";

/** A task's lines as they stand, or would stand, in the file. */
export interface Text {
  lines: string[];
  /** The number of the first line in the file, from 1; null where the lines do not stand in the file. */
  firstLine: number | null;
}

/** Null: that side does not have the task. */
export interface Texts {
  file: Text | null;
  base: Text | null;
  database: Text | null;
}

/**
 * The lines of all three states. The server writes those of the database and of the last sync as it would write them
 * into the file, with its comments and quotes. People who may not ask it for that see plain YAML.
 */
export async function loadTexts(conflict: ShownConflict, mayPreview: boolean): Promise<Texts> {
  const { file, base, database } = sidesOf(conflict);
  if (!mayPreview || file === null || database === null) {
    const [f, b, d] = await Promise.all([file, base, database].map(plainText));
    return { file: f ?? null, base: b ?? null, database: d ?? null };
  }
  const [theirs, agreed] = await Promise.all([
    previewOf(conflict, {}),
    base && previewOf(conflict, backToBase(base, database)),
  ]);
  const mine = theirs.file;
  return {
    file: mine.before === null ? null : { lines: linesOf(mine.before), firstLine: mine.line },
    base: agreed ? textAfter(agreed) : null,
    database: textAfter(theirs),
  };
}

function textAfter({ file: { after } }: ShownPreview): Text | null {
  return after === null ? null : { lines: linesOf(after), firstLine: null };
}

/** What the file would say with the database's side of the task, and these values instead of its own. */
async function previewOf(
  { conflict_id, revision }: ShownConflict,
  values: Record<string, Json>,
): Promise<ShownPreview> {
  const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  const body = { choice: choiceToWire("keep_database"), revision, fields };
  return previewFromWire(
    await call("POST /api/sync/conflicts/:id/preview", { params: { id: conflict_id }, body }),
  );
}

/** The values that make the database's task what was last synced. A key that was not there then cannot be taken away so. */
function backToBase(base: JsonMap, database: JsonMap): Record<string, Json> {
  return Object.fromEntries(
    diffMaps(database, base).flatMap(({ path, after }) =>
      after === undefined ? [] : [[fieldName(path), after]],
    ),
  );
}

async function plainText(task: JsonMap | null): Promise<Text | null> {
  if (task === null) return null;
  const { stringify } = await import("yaml");
  return { lines: linesOf(stringify([task], { lineWidth: 0 })), firstLine: null };
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}
