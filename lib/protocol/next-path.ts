/**
 * Where to go after signing in: a path of ours as it was asked for, else the front page. Never another
 * site: browsers read `//host` and `/\host` as one, and drop tabs and newlines before they look.
 */
export function nextPath(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 2_000 || !/^\/(?![/\\])[^\\\0-\x20\x7f]*$/.test(asked))
    return "/";
  return /^\/(?:signin|setup|invite|reset|api)(?:[/?#]|$)/.test(asked) ? "/" : asked;
}
