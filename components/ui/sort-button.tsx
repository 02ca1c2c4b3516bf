import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  /** How the table is sorted by this column; false when it is not. */
  order: "asc" | "desc" | false;
  onToggle(): void;
  children: ReactNode;
}

/** The head of a column that the table can be sorted by. */
export function SortButton({ order, onToggle, children }: Props) {
  const Arrow = order === "desc" ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={onToggle}
      className={clsx(
        "hover:text-text flex items-center gap-1 font-medium",
        order === false ? "text-muted" : "text-text",
      )}
    >
      {children}
      {order !== false && <Arrow className="size-3" aria-hidden />}
    </button>
  );
}
