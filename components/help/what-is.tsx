import { CircleHelp } from "lucide-react";
import { Link } from "../ui/link.tsx";

interface Props {
  /** The idea's place on the help page. */
  idea: "source" | "last-synced" | "conflict" | "halt" | "state" | "undo";
  children: string;
}

/** A link from a place where an idea matters to its explanation. */
export function WhatIs({ idea, children }: Props) {
  return (
    <Link
      href={`/help#${idea}`}
      className="text-muted hover:text-text inline-flex items-center gap-1 text-xs underline underline-offset-2"
    >
      <CircleHelp className="size-3.5" aria-hidden /> {children}
    </Link>
  );
}
