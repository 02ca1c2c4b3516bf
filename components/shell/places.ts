import { CalendarClock, FileCode2, GitCompareArrows, History, ListChecks, type LucideIcon } from "lucide-react";

export interface Place {
  href: string;
  name: string;
  icon: LucideIcon;
  /** Typed after `g`. */
  key: string;
}

export const PLACES: readonly Place[] = [
  { href: "/", name: "Tasks", icon: ListChecks, key: "t" },
  { href: "/conflicts", name: "Conflicts", icon: GitCompareArrows, key: "c" },
  { href: "/history", name: "History", icon: History, key: "h" },
  { href: "/schedule", name: "Schedule", icon: CalendarClock, key: "s" },
  { href: "/file", name: "File", icon: FileCode2, key: "f" },
];

export function isAt(href: string, pathname: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
