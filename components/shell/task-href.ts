/**
 * Where a task's page is. The same id may stand in several sources; that of the only one need not be
 * named.
 */
export function taskHref(id: string | number, source?: string): string {
  const of = source === undefined || source === "default" ? "" : `&source=${encodeURIComponent(source)}`;
  return `/?task=${encodeURIComponent(id)}${of}`;
}
