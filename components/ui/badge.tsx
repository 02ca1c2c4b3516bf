import clsx from "clsx";
import type { ReactNode } from "react";

const TONE = {
  neutral: "bg-hover text-muted",
  accent: "bg-accent-soft text-accent-text",
  warn: "bg-warn-soft text-warn-text",
  bad: "bg-bad-soft text-bad-text",
  ok: "bg-ok-soft text-ok-text",
} as const;

export type Tone = keyof typeof TONE;

const DOT: Record<Tone, string> = {
  neutral: "bg-muted",
  accent: "bg-accent",
  warn: "bg-warn",
  bad: "bg-bad",
  ok: "bg-ok",
};

/** A word or a number with a tone: amber waits for a person, red failed, green is in step. */
export function Badge({
  tone = "neutral",
  dot = false,
  title,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex h-5 items-center gap-1.5 rounded px-1.5 text-xs font-medium whitespace-nowrap tabular-nums [&_svg]:size-3",
        TONE[tone],
      )}
    >
      {dot && <Dot tone={tone} />}
      {children}
    </span>
  );
}

export function Dot({ tone }: { tone: Tone }) {
  return <span aria-hidden className={clsx("inline-block size-1.5 shrink-0 rounded-full", DOT[tone])} />;
}
