import { LockstepError } from "../../lib/errors.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id, in lower case, of a run or conflict named in a path.
 * @throws {LockstepError} not_found for what cannot be one: nothing has such an id.
 */
export function pathUuid(text: string | undefined, what: string): string {
  if (text === undefined || !UUID.test(text)) throw notFound(what);
  return text.toLowerCase();
}

export function notFound(what: string): LockstepError {
  return new LockstepError("not_found", `there is no ${what} with this id`);
}
