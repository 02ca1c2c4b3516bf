import type { ButtonHTMLAttributes } from "react";

const LOOK = {
  plain:
    "border-neutral-300 bg-white hover:bg-neutral-100 dark:border-neutral-700 dark:bg-neutral-900 dark:hover:bg-neutral-800",
  primary: "border-blue-700 bg-blue-700 text-white hover:bg-blue-800",
  danger: "border-red-700 bg-red-700 text-white hover:bg-red-800",
} as const;

export function Button({
  look = "plain",
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & { look?: keyof typeof LOOK }) {
  return (
    <button
      type="button"
      {...rest}
      className={`rounded border px-3 py-1.5 text-sm font-medium disabled:cursor-default disabled:opacity-60 ${LOOK[look]}`}
    />
  );
}
