import clsx from "clsx";
import type { ComponentProps } from "react";

const LOOK = {
  plain: "border-border-strong bg-surface text-text hover:bg-hover",
  primary: "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover",
  danger: "border-bad bg-bad text-on-accent hover:border-bad-hover hover:bg-bad-hover",
  ghost: "border-transparent bg-transparent text-text hover:bg-hover",
} as const;

const SIZE = {
  small: "h-7 gap-1.5 px-2 text-xs",
  medium: "h-8 gap-1.5 px-3 text-sm",
  /** A square for one icon. Its `aria-label` must say what it does. */
  icon: "size-8 justify-center",
  "icon-small": "size-7 justify-center",
} as const;

export type ButtonLook = keyof typeof LOOK;

export interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
  size?: keyof typeof SIZE;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass(
  look: ButtonLook = "plain",
  size: keyof typeof SIZE = "medium",
  more?: string,
): string {
  return clsx(
    "inline-flex shrink-0 items-center rounded-md border font-medium whitespace-nowrap transition-colors select-none",
    "disabled:cursor-default disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    LOOK[look],
    SIZE[size],
    more,
  );
}

export function Button({ look, size, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, size, className)} {...rest} />;
}
