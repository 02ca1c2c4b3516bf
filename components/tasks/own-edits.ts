/** How long a row that this page changed does not flash, in milliseconds. */
const FRESH_MS = 4_000;
const edits = new Map<string, number>();

export function noteOwnEdit(key: string): void {
  edits.set(key, performance.now() + FRESH_MS);
}

export function isOwnEdit(key: string): boolean {
  return (edits.get(key) ?? 0) > performance.now();
}
