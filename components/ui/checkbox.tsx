"use client";

import { Check, Minus } from "lucide-react";

interface CheckboxProps {
  checked: boolean | "indeterminate";
  onCheckedChange(checked: boolean): void;
  /** The accessible name, when no `<label htmlFor>` gives one. */
  label?: string;
  id?: string;
  disabled?: boolean;
  tabIndex?: number;
}

/**
 * Our own checkbox, because the one of Radix writes an inline style into the HTML, which the page's policy
 * refuses.
 */
export function Checkbox({ checked, onCheckedChange, label, id, disabled, tabIndex }: CheckboxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      id={id}
      aria-label={label}
      aria-checked={checked === "indeterminate" ? "mixed" : checked}
      disabled={disabled}
      tabIndex={tabIndex}
      onClick={() => onCheckedChange(checked !== true)}
      className="border-border-strong bg-surface aria-[checked=mixed]:border-accent aria-[checked=mixed]:bg-accent aria-checked:border-accent aria-checked:bg-accent text-on-accent flex size-4 shrink-0 items-center justify-center rounded border disabled:opacity-50"
    >
      {checked === "indeterminate" ? (
        <Minus className="size-3" aria-hidden />
      ) : checked ? (
        <Check className="size-3" aria-hidden />
      ) : null}
    </button>
  );
}
