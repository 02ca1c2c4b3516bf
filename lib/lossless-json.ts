import type { Json } from "./json.ts";

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const SUSPICIOUS = /\d{16}|\d\.\d{15}|\d[eE]/;

/**
 * Parses JSON text from PostgreSQL, whose jsonb keeps any decimal, also one that JavaScript cannot hold.
 * @returns null when a number would change.
 */
export function parseLossless(text: string): { value: Json } | null {
  if (SUSPICIOUS.test(text)) {
    for (const [token] of text.matchAll(TOKEN)) {
      if (!token.startsWith('"') && !survives(token)) return null;
    }
  }
  return { value: JSON.parse(text) as Json };
}

function survives(token: string): boolean {
  const value = Number(token);
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  // JavaScript holds the number when it prints the same digits, either all seventeen or the shortest.
  return digits(value.toPrecision(17)) === digits(token) || digits(String(value)) === digits(token);
}

/** Significant digits and exponent of a decimal: the same text for every spelling of it. */
function digits(decimal: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const all = (whole + fraction).replace(/^0+/, "");
  const kept = all.replace(/0+$/, "");
  return `${sign}${kept}e${Number(exponent) - fraction.length + all.length - kept.length}`;
}
