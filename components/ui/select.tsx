"use client";

import clsx from "clsx";
import { Check, ChevronDown } from "lucide-react";
import * as Primitive from "radix-ui/select";
import type { ReactNode } from "react";

export interface Option<Value extends string = string> {
  value: Value;
  label: ReactNode;
}

interface SelectProps<Value extends string> {
  options: readonly Option<Value>[];
  value: Value;
  onValueChange(value: Value): void;
  /** The accessible name, when no `<label htmlFor>` gives one. */
  label?: string;
  id?: string;
  disabled?: boolean;
  size?: "small" | "medium";
  className?: string;
}

/** A choice of one of a few values. No value may be the empty string. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  label,
  id,
  disabled,
  size = "medium",
  className,
}: SelectProps<Value>) {
  return (
    <Primitive.Root
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      disabled={disabled ?? false}
    >
      <Primitive.Trigger
        id={id}
        aria-label={label}
        className={clsx(
          "border-border-strong bg-surface hover:bg-hover inline-flex items-center justify-between gap-2 rounded-md border font-medium whitespace-nowrap disabled:opacity-50",
          size === "small" ? "h-7 px-2 text-xs" : "h-8 px-2.5 text-sm",
          className,
        )}
      >
        <Primitive.Value />
        <Primitive.Icon asChild>
          <ChevronDown className="text-muted size-3.5 shrink-0" aria-hidden />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          className="animate-appear bg-raised z-50 max-h-80 min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-lg border p-1 shadow-lg"
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className="data-[highlighted]:bg-hover flex h-8 items-center justify-between gap-6 rounded-md px-2 text-sm outline-none select-none"
              >
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <Primitive.ItemIndicator>
                  <Check className="text-accent-text size-4" aria-hidden />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
