"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import { useState } from "react";
import type { Json } from "../../lib/json.ts";
import { useNames } from "../shell/use-side-names.ts";
import { FoldButton } from "./fold-button.tsx";
import { isLong } from "./long-value.ts";
import { MarkedValue } from "./marked-value.tsx";

interface Props {
  side: "file" | "database";
  value: Json | undefined;
  against: Json | undefined;
  gone: boolean;
  chosen: boolean;
  disabled: boolean;
  /** 0 for the side that the Tab key reaches, and -1 for the other side. */
  tabIndex: 0 | -1;
  onChoose(): void;
}

/** The value of a field on one side, as a button that picks it. */
export function SideCell({ side, value, against, gone, chosen, disabled, tabIndex, onChoose }: Props) {
  const { heading } = useNames();
  const [open, setOpen] = useState(false);
  const long = !gone && isLong(value);
  const button = (
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      data-side={side}
      disabled={disabled}
      tabIndex={tabIndex}
      onClick={onChoose}
      className={clsx(
        "relative flex min-h-9 min-w-0 flex-col items-start rounded-md border py-1.5 pr-6 pl-2 text-left select-text",
        chosen ? "border-accent bg-accent-soft" : "bg-surface enabled:hover:bg-hover",
        disabled && "cursor-default",
      )}
    >
      <span className="text-muted text-xs sm:sr-only">{side === "file" ? heading : "Database"}: </span>
      <MarkedValue value={value} against={against} gone={gone} isFolded={long && !open} />
      {chosen && <Check className="text-accent-text absolute top-2 right-1.5 size-3.5" aria-hidden />}
    </button>
  );
  if (!long) return button;
  return (
    <div className="flex min-w-0 flex-col">
      {button}
      <FoldButton value={value} open={open} onOpen={setOpen} />
    </div>
  );
}
