/** Why a pull must stop until a person confirms its deletions; null when it may go on. */
export function objectsHalt(missing: number, alive: number, emptyRequest: string | null): string | null {
  if (missing === 0) return null;
  if (emptyRequest !== null)
    return `${emptyRequest} has no items, so this run would delete all ${missing} objects; an admin has to confirm it`;
  if (missing < 2 || missing * 2 <= alive) return null;
  return `This run would delete ${missing} of ${alive} objects; an admin has to confirm it`;
}
