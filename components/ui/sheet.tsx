"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { useReturnFocus } from "./return-focus.ts";
import { staysForToasts } from "./stays-for-toasts.ts";

export interface SheetProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** A panel at the right edge. On a phone it takes the whole screen. */
export function Sheet({ open, onOpenChange, title, description, footer, children }: SheetProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="animate-appear bg-scrim fixed inset-0 z-40" />
        <Primitive.Content
          {...useReturnFocus(focusFirst)}
          onInteractOutside={staysForToasts}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          className="animate-slide-in bg-raised fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-l shadow-2xl outline-none"
        >
          <header className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="truncate text-base font-semibold">{title}</Primitive.Title>
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
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center gap-2 border-t px-4 py-3">{footer}</footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Focuses the element marked `data-autofocus`, or else the panel, but never its close button. */
function focusFirst(event: Event): void {
  event.preventDefault();
  const panel = event.currentTarget;
  if (panel instanceof HTMLElement) (panel.querySelector<HTMLElement>("[data-autofocus]") ?? panel).focus();
}
