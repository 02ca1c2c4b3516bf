/**
 * Where to go after signing in: the requested path when it belongs to Lockstep, otherwise the front page. It is
 * never another site. Browsers read `//host` and `/\host` as another site, after they drop tabs and newlines.
 */
export function nextPath(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 2_000 || !/^\/(?![/\\])[^\\\0-\x20\x7f]*$/.test(asked))
    return "/";
  return /^\/(?:signin|setup|invite|reset|api)(?:[/?#]|$)/.test(asked) ? "/" : asked;
}
