import type { Json } from "./json.ts";

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const SUSPICIOUS = /\d{16}|\d\.\d{15}|\d[eE]/;

/**
 * Parses JSON in which PostgreSQL may hold numbers that JavaScript cannot (jsonb keeps any decimal).
 * @returns null when a number would come out as another one.
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
  // The shortest decimal that reads as this number, against the decimal that was stored.
  return digits(value.toPrecision(17)) === digits(token) || digits(String(value)) === digits(token);
}

/** Significant digits and exponent of a decimal, in one spelling. */
function digits(decimal: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const all = (whole + fraction).replace(/^0+/, "");
  const kept = all.replace(/0+$/, "");
  return `${sign}${kept}e${Number(exponent) - fraction.length + all.length - kept.length}`;
}
