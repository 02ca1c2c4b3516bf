"use client";

import { Check, Minus } from "lucide-react";
import * as Primitive from "radix-ui/checkbox";

interface CheckboxProps {
  checked: boolean | "indeterminate";
  onCheckedChange(checked: boolean): void;
  /** The accessible name, where no `<label htmlFor>` gives one. */
  label?: string;
  id?: string;
  disabled?: boolean;
  tabIndex?: number;
}

export function Checkbox({ checked, onCheckedChange, label, id, disabled, tabIndex }: CheckboxProps) {
  return (
    <Primitive.Root
      id={id}
      aria-label={label}
      checked={checked}
      disabled={disabled ?? false}
      tabIndex={tabIndex}
      onCheckedChange={(next) => onCheckedChange(next === true)}
      className="border-border-strong bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent text-on-accent flex size-4 shrink-0 items-center justify-center rounded border disabled:opacity-50"
    >
      <Primitive.Indicator>
        {checked === "indeterminate" ? <Minus className="size-3" aria-hidden /> : <Check className="size-3" aria-hidden />}
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
