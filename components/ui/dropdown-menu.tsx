"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import * as Primitive from "radix-ui/dropdown-menu";
import type { ReactElement, ReactNode } from "react";

/** A menu under a button. `trigger` is one element that takes a ref; `children` are the items below. */
export function DropdownMenu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactElement;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="animate-appear bg-raised z-50 max-h-[70dvh] min-w-48 overflow-y-auto rounded-lg border p-1 shadow-lg"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const ITEM =
  "flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export function MenuItem({
  onSelect,
  disabled,
  danger,
  children,
}: {
  onSelect(): void;
  disabled?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <Primitive.Item
      onSelect={onSelect}
      disabled={disabled ?? false}
      className={clsx(ITEM, danger && "text-bad-text")}
    >
      {children}
    </Primitive.Item>
  );
}

/** An item with a check mark. The menu stays open, so that several items can be checked. */
export function MenuCheckItem({
  checked,
  onCheckedChange,
  children,
}: {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
  children: ReactNode;
}) {
  return (
    <Primitive.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={ITEM}
    >
      <span className="border-border-strong flex size-4 shrink-0 items-center justify-center rounded border">
        <Primitive.ItemIndicator>
          <Check className="text-accent-text !size-3" aria-hidden />
        </Primitive.ItemIndicator>
      </span>
      {children}
    </Primitive.CheckboxItem>
  );
}

export function MenuRadioGroup({
  value,
  onValueChange,
  options,
}: {
  value: string;
  onValueChange(value: string): void;
  options: readonly { value: string; label: ReactNode }[];
}) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Primitive.RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="flex size-4 shrink-0 items-center justify-center">
            <Primitive.ItemIndicator>
              <Check className="text-accent-text" aria-hidden />
            </Primitive.ItemIndicator>
          </span>
          {option.label}
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="text-muted px-2 py-1 text-xs font-medium">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="bg-border -mx-1 my-1 h-px" />;
}
