import type { ReactNode } from "react";

/** A key as it is written on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="border-border-strong bg-surface text-muted inline-flex h-5 min-w-5 items-center justify-center rounded border px-1 font-sans text-[11px] font-medium">
      {children}
    </kbd>
  );
}
