import { canonicalTimestamp } from "../task/timestamp.ts";

const PARTS = /^\d{4}-\d\d-\d\d([Tt]| )\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Writes the time `next` in the notation of `old`: with a space or `T`, without `Z`, with an offset, and
 * without a fraction when `next` has none. Returns `next` unchanged when one of them is not a time in a known
 * notation.
 */
export function likeNotation(old: string, next: string): string {
  const parts = PARTS.exec(old);
  const canonical = canonicalTimestamp(next);
  if (!parts || canonical === null || canonicalTimestamp(old) === null) return next;
  const [, separator = "T", fraction, zone = ""] = parts;
  const local = zone === "" || zone === "Z" ? canonical : atOffset(canonical, zone);
  const precise = fraction !== undefined || !local.endsWith(".000Z");
  const time = local.slice(11, precise ? 23 : 19);
  const written = `${local.slice(0, 10)}${separator}${time}${zone}`;
  return canonicalTimestamp(written) === canonical ? written : next;
}

function atOffset(canonical: string, zone: string): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return new Date(Date.parse(canonical) + (zone.startsWith("-") ? -1 : 1) * minutes * 60_000).toISOString();
}
