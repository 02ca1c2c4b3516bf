import clsx from "clsx";
import type { Share } from "./stats-words.ts";

const COLOUR: Record<Share["tone"], string> = {
  ok: "bg-ok",
  warn: "bg-warn",
  bad: "bg-bad",
  accent: "bg-accent",
  neutral: "bg-muted",
};

/** A bar of parts, as wide as `width` (0 to 1) of its place. It is a picture: the text beside it has the figures. */
export function ShareBar({ shares, width = 1 }: { shares: readonly Share[]; width?: number }) {
  return (
    <div aria-hidden className="bg-hover h-2 w-full overflow-hidden rounded-full">
      <div className="flex h-full gap-px" style={{ width: `${width * 100}%` }}>
        {shares
          .filter(({ count }) => count > 0)
          .map(({ name, count, tone }) => (
            <div key={name} className={clsx("min-w-1", COLOUR[tone])} style={{ flexGrow: count }} />
          ))}
      </div>
    </div>
  );
}
