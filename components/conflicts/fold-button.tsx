import type { Json } from "../../lib/json.ts";
import { Button } from "../ui/button.tsx";
import { sizeOf } from "./long-value.ts";

/** Unfolds a long value, and folds it again. */
export function FoldButton({
  value,
  open,
  onOpen,
}: {
  value: Json | undefined;
  open: boolean;
  onOpen(open: boolean): void;
}) {
  return (
    <Button
      size="small"
      look="ghost"
      className="text-accent-text mt-1 self-start px-1"
      aria-expanded={open}
      onClick={() => onOpen(!open)}
    >
      {open ? "Show less" : `Show all (${sizeOf(value)})`}
    </Button>
  );
}
