/**
 * The address of a task. It names the source, except the default one, because several sources may have
 * the same id.
 */
export function taskHref(id: string | number, source?: string): string {
  const of = source === undefined || source === "default" ? "" : `&source=${encodeURIComponent(source)}`;
  return `/?task=${encodeURIComponent(id)}${of}`;
}
