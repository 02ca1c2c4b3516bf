import type { Item } from "./world.ts";

/** The ways in which APIs cut a list into pages. */
export const STYLES = ["all", "page", "offset", "cursor", "link", "next"] as const;
export type Style = (typeof STYLES)[number];

export interface Page {
  body: unknown;
  items: Item[];
  /** 1-based. */
  number: number;
  link?: string;
}

/**
 * Cuts one page out of the items.
 *
 *   all     [items]                                  the whole list, bare
 *   page    {data, total}                            ?page=1&per_page=10
 *   offset  {data, total}                            ?offset=0&limit=10
 *   cursor  {items, next_cursor}                     ?cursor=...&limit=10
 *   link    [items], and a Link header rel="next"    ?page=1&per_page=10
 *   next    {value, next: "https://..."}             ?skip=0&limit=10
 */
export function cutPage(style: Style, items: Item[], url: URL): Page {
  const given = (name: string, preset: number) => Number(url.searchParams.get(name) ?? preset);
  if (style === "all") return { body: items, items, number: 1 };
  if (style === "page" || style === "link") {
    const [number, size] = [given("page", 1), given("per_page", 10)];
    const shown = items.slice((number - 1) * size, number * size);
    if (style === "page") return { body: { data: shown, total: items.length }, items: shown, number };
    const more = number * size < items.length;
    return {
      body: shown,
      items: shown,
      number,
      ...(more ? { link: `<${withParam(url, "page", number + 1)}>; rel="next"` } : {}),
    };
  }
  const size = given("limit", 10);
  if (style === "cursor") return cutAfter(url.searchParams.get("cursor"), items, size);
  const start = given(style === "offset" ? "offset" : "skip", 0);
  const shown = items.slice(start, start + size);
  const number = Math.floor(start / size) + 1;
  if (style === "offset") return { body: { data: shown, total: items.length }, items: shown, number };
  const more = start + size < items.length;
  return {
    body: { value: shown, ...(more ? { next: withParam(url, "skip", start + size) } : {}) },
    items: shown,
    number,
  };
}

/** A cursor names the last item shown, so that it stays right when items come and go. */
function cutAfter(cursor: string | null, items: Item[], size: number): Page {
  const last = cursor === null ? "" : Buffer.from(cursor, "base64url").toString();
  const rest = items.filter(({ id }) => last === "" || id > last).sort((a, b) => (a.id < b.id ? -1 : 1));
  const shown = rest.slice(0, size);
  const next = rest.length > size ? Buffer.from(shown.at(-1)?.id ?? "").toString("base64url") : null;
  const number = Math.floor((items.length - rest.length) / size) + 1;
  return { body: { items: shown, next_cursor: next }, items: shown, number };
}

function withParam(url: URL, name: string, value: number): string {
  const next = new URL(url);
  next.searchParams.set(name, String(value));
  return next.href;
}
