const UNITS = ["bytes", "kB", "MB"] as const;

/** `812 bytes`, `4.2 kB`, `17 MB`. */
export function bytesInWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const shown = unit === 0 || value >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${shown} ${unit === 0 && shown === 1 ? "byte" : UNITS[unit]}`;
}
