import clsx from "clsx";
import type { ComponentProps } from "react";

/** The browser's select, for long lists and for pages that should work before their script has loaded. */
export function NativeSelect({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      {...rest}
      className={clsx(
        "border-border-strong bg-surface hover:bg-hover h-8 max-w-52 rounded-md border px-2 text-sm font-medium disabled:opacity-50",
        className,
      )}
    />
  );
}
