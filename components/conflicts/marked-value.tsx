import clsx from "clsx";
import type { Json } from "../../lib/json.ts";
import { markChanges } from "./word-diff.ts";
import { valueText } from "./words.ts";

interface Props {
  value: Json | undefined;
  /** The value to compare with. Nothing is marked when it is undefined. */
  against?: Json | undefined;
  /** Whether the side does not have the task. */
  gone?: boolean;
  tone?: "new" | "old";
  /** Whether only the beginning shows. */
  isFolded?: boolean;
}

const MARK = { new: "bg-warn-soft text-warn-text", old: "bg-warn-soft text-muted" } as const;

/** A value in full, with its differing parts marked. */
export function MarkedValue({ value, against, gone = false, tone = "new", isFolded = false }: Props) {
  if (gone) return <Said>no task</Said>;
  if (value === undefined) return <Said>absent</Said>;
  if (value === "") return <Said>empty text</Said>;
  if (value === null) return <Said>none</Said>;
  const text = valueText(value);
  const parts = against === undefined ? [{ text, changed: false }] : markChanges(text, valueText(against));
  return (
    <span
      className={clsx(
        "font-mono text-[13px] leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap",
        isFolded && "block max-h-44 overflow-hidden [mask-image:linear-gradient(#000_70%,transparent)]",
      )}
    >
      {parts.map((part, i) =>
        part.changed ? (
          <mark key={i} className={clsx("rounded-sm px-px", MARK[tone])}>
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}

function Said({ children }: { children: string }) {
  return <em className="text-muted">{children}</em>;
}
