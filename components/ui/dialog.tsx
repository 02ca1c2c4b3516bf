"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { useReturnFocus } from "./return-focus.ts";
import { staysForToasts } from "./stays-for-toasts.ts";

export interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons along the lower edge. */
  footer?: ReactNode;
  /** `full` keeps its height, so that nothing moves when its content changes. */
  size?: "small" | "medium" | "large" | "full";
  /** True for a text to read, without controls: the keyboard then reaches it to scroll it. */
  reading?: boolean;
  children?: ReactNode;
  /** Moves the focus when the dialog opens. By default the first control gets it. */
  onOpenAutoFocus?: (event: Event) => void;
}

/** Escape closes an editor inside the dialog, which is marked so, before it closes the dialog. */
function staysForEditors(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest("[data-own-escape]")) event.preventDefault();
}

const SIZE = {
  small: "max-w-md",
  medium: "max-w-2xl",
  large: "max-w-5xl",
  full: "max-w-[96rem] h-[92dvh] sm:h-[88dvh]",
} as const;

/** A modal dialog in the middle of the page. On a phone it takes the whole screen. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  size = "medium",
  reading = false,
  children,
  onOpenAutoFocus,
}: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="animate-appear bg-scrim fixed inset-0 z-40" />
        <Primitive.Content
          {...useReturnFocus(onOpenAutoFocus)}
          onInteractOutside={staysForToasts}
          onEscapeKeyDown={staysForEditors}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className={clsx(
            "animate-appear bg-raised fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-xl border shadow-2xl outline-none",
            "sm:top-[6dvh] sm:bottom-auto sm:max-h-[88dvh] sm:w-[calc(100%-3rem)] sm:rounded-xl",
            SIZE[size],
          )}
        >
          <header className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description asChild>
                  <div className="text-muted mt-0.5 text-sm">{description}</div>
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button look="ghost" size="icon-small" aria-label="Close">
                <X />
              </Button>
            </Primitive.Close>
          </header>
          <div
            className="min-h-0 flex-1 overflow-y-auto px-4 py-3"
            {...(reading ? { tabIndex: 0, role: "group" } : {})}
          >
            {children}
          </div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
