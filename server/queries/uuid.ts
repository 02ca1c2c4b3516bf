import { LockstepError } from "../../lib/errors.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of a run or conflict in a path, in lower case.
 * @throws {LockstepError} not_found for text that is not a UUID.
 */
export function pathUuid(text: string | undefined, what: string): string {
  if (text === undefined || !UUID.test(text)) throw notFound(what);
  return text.toLowerCase();
}

export function notFound(what: string): LockstepError {
  return new LockstepError("not_found", `there is no ${what} with this id`);
}
