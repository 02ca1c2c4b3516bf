/** The address at which the page of objects lists one object, or one that is gone in the other system. */
export function objectHref(key: string, source: string | undefined, gone: boolean): string {
  const query = new URLSearchParams({
    q: key,
    ...(source === undefined ? {} : { source }),
    ...(gone ? { show: "deleted" } : {}),
  });
  return `/objects?${query}`;
}
