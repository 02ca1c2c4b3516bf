/**
 * The notations people use for a point in time: ISO 8601 and YAML 1.1, with `T` or a space, with `Z`, an
 * offset or neither (which means UTC, as in YAML), or a date alone (midnight UTC).
 */
const NOTATION =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?[ \t]*(Z|z|([+-])(\d{1,2})(?::?(\d{2}))?)?)?$/;

/**
 * The canonical form, `YYYY-MM-DDTHH:MM:SS.mmmZ` (finer digits are cut off), or null when the text
 * is not a time that exists (month 13, 30 February).
 */
export function canonicalTimestamp(text: string): string | null {
  const match = NOTATION.exec(text.trim());
  if (!match) return null;
  const number = (group: number) => Number(match[group] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const [hour, minute, second] = [number(4), number(5), number(6)];
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  if (hour > 23 || minute > 59 || second > 59 || number(10) > 18 || number(11) > 59) return null;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  if (year < 1 || year < 100) local.setUTCFullYear(year);
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day || year < 1) return null;
  const sign = match[9] === "-" ? -1 : 1;
  const offset = sign * (number(10) * 60 + number(11)) * 60_000;
  const utc = new Date(local.getTime() - offset);
  return utc.getUTCFullYear() < 1 || utc.getUTCFullYear() > 9999 ? null : utc.toISOString();
}
