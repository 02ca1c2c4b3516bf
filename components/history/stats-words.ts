import type { StatsFigures } from "../../lib/protocol/stats.ts";

/** A part of a whole: a number of runs or tasks, its name and its colour. */
export interface Share {
  name: string;
  count: number;
  tone: "ok" | "warn" | "bad" | "accent" | "neutral";
}

export function outcomeShares({ succeeded, conflicted, halted, failed }: StatsFigures): Share[] {
  return [
    { name: "succeeded", count: succeeded, tone: "ok" },
    { name: "with conflicts", count: conflicted, tone: "warn" },
    { name: "halted", count: halted, tone: "bad" },
    { name: "failed", count: failed, tone: "bad" },
  ];
}

export function changeShares({ created, updated, deleted }: StatsFigures): Share[] {
  return [
    { name: "created", count: created, tone: "ok" },
    { name: "updated", count: updated, tone: "accent" },
    { name: "deleted", count: deleted, tone: "neutral" },
  ];
}

/** `12 succeeded, 1 failed`; `none` when all are zero. */
export function sharesInWords(shares: readonly Share[]): string {
  const parts = shares.filter(({ count }) => count > 0).map(({ name, count }) => `${count} ${name}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** A share from 0 to 1 as `98.6 %`. It says `100 %` only when nothing is missing, and `0 %` only when nothing is there. */
export function percentInWords(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  const tenths = Math.min(999, Math.max(1, Math.round(share * 1000)));
  return `${tenths / 10} %`;
}

/** How often: `5 an hour`, `0.4 an hour`, `less than one in ten hours`. */
export function rateInWords(perHour: number): string {
  if (perHour === 0) return "none";
  if (perHour < 0.1) return "less than one in ten hours";
  return `${perHour < 10 ? Math.round(perHour * 10) / 10 : Math.round(perHour)} an hour`;
}
