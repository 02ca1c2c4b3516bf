import type { IncomingHttpHeaders } from "node:http";

/**
 * Headers that Next obeys and that only Next's own parts may send: middleware, actions, hosting. Lockstep has
 * none of these.
 */
const OBEYED = /^(?:next-action|x-(?:middleware|nextjs|next|invoke|matched|now|forwarded-host)\b.*)$/;
const STATE_TREE = "next-router-state-tree";

/**
 * Removes the headers that could control Next. Next throws on a router state that it cannot read; without the
 * header it sends the full page.
 */
export function dropNextHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (OBEYED.test(name)) delete headers[name];
  const tree = headers[STATE_TREE];
  if (tree !== undefined && !isStateTree(String(tree))) delete headers[STATE_TREE];
}

function isStateTree(text: string): boolean {
  try {
    return isSegment(JSON.parse(decodeURIComponent(text)));
  } catch {
    return false;
  }
}

/** Checks `[segment, {name: tree}, ...]` recursively. The length of the URL limits the depth. */
function isSegment(tree: unknown): boolean {
  if (!Array.isArray(tree)) return false;
  const [segment, children] = tree as unknown[];
  const named =
    typeof segment === "string" ||
    (Array.isArray(segment) &&
      segment.every((part) => typeof part === "string" || part === null || Array.isArray(part)));
  return (
    named && typeof children === "object" && children !== null && Object.values(children).every(isSegment)
  );
}
