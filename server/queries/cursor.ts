import { z } from "zod";
import { LockstepError } from "../../lib/errors.ts";
import { canonicalTimestamp } from "../../lib/task/timestamp.ts";

/**
 * Encodes a position in a list. It is opaque to clients. `list` names the list and its order, because a
 * position is valid in no other.
 */
export function sealCursor(list: string, place: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/**
 * Decodes a cursor.
 * @param length how many parts the position has.
 * @throws {LockstepError} invalid_request for a cursor of another list or order, or any other text.
 */
export function openCursor(list: string, length: number, cursor: string): (string | null)[] {
  const schema = z
    .array(
      z
        .string()
        .refine((part) => !part.includes("\0"))
        .nullable(),
    )
    .length(length + 1);
  const [of, ...place] = schema.safeParse(decode(cursor)).data ?? [];
  if (of !== list) throw foreignCursor();
  return place;
}

/**
 * Cuts a page out of rows that were read with one more than `limit`, if there was one.
 * @param placeOf the row's position, for the cursor of the page after it.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  list: string,
  placeOf: (row: Row) => readonly (string | null)[],
): { page: Row[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next_cursor: rows.length > limit && last ? sealCursor(list, placeOf(last)) : null };
}

/** The position of a row in a list in the order of a sequence number. */
export const bySequence = ({ seq }: { seq: bigint }): [string] => [String(seq)];

/** Decodes a cursor of a list in the order of a sequence number. */
export function openSequenceCursor(list: string, cursor: string): bigint {
  return cursorSequence(openCursor(list, 1, cursor)[0] ?? null);
}

export function cursorSequence(text: string | null): bigint {
  if (text === null || !/^\d{1,18}$/.test(text)) throw foreignCursor();
  return BigInt(text);
}

/** A time in the form of the lists' sort keys. */
export function cursorTime(text: string | null): string | null {
  if (text !== null && canonicalTimestamp(text) !== text) throw foreignCursor();
  return text;
}

function foreignCursor(): LockstepError {
  const message = "is not a next_cursor of this list in this order; start without a cursor";
  return new LockstepError("invalid_request", `cursor ${message}`, {
    errors: [{ field: "cursor", message }],
  });
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}
