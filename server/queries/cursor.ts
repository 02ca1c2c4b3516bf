import { z } from "zod";
import { LockstepError } from "../../lib/errors.ts";
import { canonicalTimestamp } from "../../lib/task/timestamp.ts";

/** A place in a list, opaque to clients. `list` names the list and its order: the place means nothing in another. */
export function sealCursor(list: string, place: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/**
 * @param length how many parts the place has.
 * @throws {LockstepError} invalid_request for a cursor of another list or order, or no cursor at all.
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

/** For lists in the order of a sequence number. */
export function openSequenceCursor(list: string, cursor: string): bigint {
  return cursorSequence(openCursor(list, 1, cursor)[0] ?? null);
}

export function cursorSequence(text: string | null): bigint {
  if (text === null || !/^\d{1,18}$/.test(text)) throw foreignCursor();
  return BigInt(text);
}

/** A time as the sort keys of lists hold it. */
export function cursorTime(text: string | null): string | null {
  if (text !== null && canonicalTimestamp(text) !== text) throw foreignCursor();
  return text;
}

function foreignCursor(): LockstepError {
  const message = "is not a next_cursor of this list in this order";
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
