"use client";

import * as Primitive from "radix-ui/toggle-group";
import type { ReactNode } from "react";

interface SegmentedProps<Value extends string> {
  options: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onValueChange(value: Value): void;
  label: string;
}

/** A choice of one of two to five values that are all visible. */
export function Segmented<Value extends string>({
  options,
  value,
  onValueChange,
  label,
}: SegmentedProps<Value>) {
  return (
    <Primitive.Root
      type="single"
      value={value}
      // Pressing the chosen value keeps it, because one value is always chosen.
      onValueChange={(next) => next !== "" && onValueChange(next as Value)}
      aria-label={label}
      className="bg-hover inline-flex h-8 items-center rounded-md p-0.5"
    >
      {options.map((option) => (
        <Primitive.Item
          key={option.value}
          value={option.value}
          className="text-muted hover:text-text data-[state=on]:bg-raised data-[state=on]:text-text inline-flex h-7 items-center gap-1.5 rounded px-2.5 text-xs font-medium whitespace-nowrap data-[state=on]:shadow-sm"
        >
          {option.label}
        </Primitive.Item>
      ))}
    </Primitive.Root>
  );
}
