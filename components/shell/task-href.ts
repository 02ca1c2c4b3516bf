/** The address of a task. Two sources may hold the same id, so it names every source but the default one. */
export function taskHref(id: string | number, source?: string): string {
  const of = source === undefined || source === "default" ? "" : `&source=${encodeURIComponent(source)}`;
  return `/?task=${encodeURIComponent(id)}${of}`;
}
