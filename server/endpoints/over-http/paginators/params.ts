/** A copy of the address with these parameters. */
export function withParams(url: URL, params: Record<string, string | number | undefined>): URL {
  const copy = new URL(url);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) copy.searchParams.set(name, String(value));
  }
  return copy;
}

/** The parameter that asks for a size of the page. */
export function sizeParam({
  size_param,
  size,
}: {
  size_param?: string | undefined;
  size?: number | undefined;
}) {
  return size_param === undefined ? {} : { [size_param]: size };
}
