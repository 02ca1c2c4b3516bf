"use client";

import clsx from "clsx";
import { type KeyboardEvent, useRef, useState } from "react";
import { plural } from "../shell/run-words.ts";
import { dayName, timeName } from "./axis-window.ts";
import { type Bar, barHeight } from "./overview-bars.ts";
import { TRACK_BOX } from "./track.tsx";

interface Props {
  bars: readonly Bar[];
  /** The place of the present in the window, 0 to 1; outside of it less or more. */
  present: number;
  /** The zone whose clock the bars show, where the axis does not say it. */
  zone: string | null;
  onOpen(bar: Bar): void;
}

/** How many tasks start at once, at most, in each stretch of time. One stop of the Tab key; arrow keys move from bar to bar. */
export function Overview({ bars, present, zone, onOpen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const now = Math.min(bars.length - 1, Math.max(0, Math.floor(present * bars.length)));
  const at = Math.min(focused ?? now, bars.length - 1);
  const most = Math.max(1, ...bars.map((bar) => bar.most));
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= bars.length) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <div className="relative h-11">
      <p className="text-muted px-3 text-xs tabular-nums max-md:sr-only md:w-72 md:pt-4">
        Tasks that start at once: up to {most.toLocaleString("en")}
        {zone !== null && ` (${zone})`}
      </p>
      <div
        ref={list}
        role="group"
        aria-label="Tasks that start at once"
        onKeyDown={onKeyDown}
        className={clsx(TRACK_BOX, "inset-y-0 flex gap-px")}
      >
        {bars.map((bar, i) => (
          <BarButton
            key={bar.from}
            bar={bar}
            height={barHeight(bar.most, most)}
            past={(i + 1) / bars.length <= present}
            tabbable={i === at}
            onFocus={() => setFocused(i)}
            onOpen={() => onOpen(bar)}
          />
        ))}
      </div>
    </div>
  );
}

interface BarButtonProps {
  bar: Bar;
  height: number;
  past: boolean;
  tabbable: boolean;
  onFocus(): void;
  onOpen(): void;
}

function BarButton({ bar, height, past, tabbable, onFocus, onOpen }: BarButtonProps) {
  const label = barInWords(bar);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={bar.runs === 0}
      tabIndex={tabbable ? 0 : -1}
      onFocus={onFocus}
      onClick={() => bar.runs > 0 && onOpen()}
      className="group hover:bg-hover flex h-full min-w-0 flex-1 items-end rounded-sm focus-visible:-outline-offset-1"
    >
      <span
        style={{ height: `${height * 100}%` }}
        className={clsx(
          "block w-full rounded-t-sm group-hover:brightness-110",
          bar.most > 1 ? "bg-warn" : "bg-accent",
          past && "opacity-40",
        )}
      />
    </button>
  );
}

/** `Mon 23 Nov 09:00: 3 runs, up to 2 tasks at once`. */
function barInWords({ from, length, runs, most }: Bar): string {
  const when = length >= 24 * 60 ? dayName(from) : `${dayName(from)} ${timeName(from)}`;
  const together = most < 2 ? "" : `, up to ${plural(most, "task")} at once`;
  return `${when}: ${runs === 0 ? "nothing" : plural(runs, "run")}${together}`;
}
