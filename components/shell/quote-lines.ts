/** A line with `around` lines before and after it, numbered from 1. */
export function quote(text: string, line: number, around = 1): { number: number; text: string }[] {
  const lines = text.split(/\r?\n/);
  const from = Math.max(1, line - around);
  const to = Math.min(lines.length, line + around);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({
    number: from + i,
    text: lines[from + i - 1] ?? "",
  }));
}
