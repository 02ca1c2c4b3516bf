import {
  Boxes,
  CalendarClock,
  CircleHelp,
  FileCode2,
  GitCompareArrows,
  History,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Settings,
  Workflow,
} from "lucide-react";

export interface Place {
  href: string;
  name: string;
  icon: LucideIcon;
  /** The key that follows `g` to go there. */
  key: string;
  /** True for a place that is needed less often. On a phone it is in the account menu, not along the lower edge. */
  aside?: boolean;
  /** True for a place that is of use only where a source of objects is. */
  objects?: boolean;
}

export const PLACES: readonly Place[] = [
  { href: "/", name: "Tasks", icon: ListChecks, key: "t" },
  { href: "/conflicts", name: "Conflicts", icon: GitCompareArrows, key: "c" },
  { href: "/history", name: "History", icon: History, key: "h" },
  { href: "/schedule", name: "Schedule", icon: CalendarClock, key: "s" },
  { href: "/file", name: "File", icon: FileCode2, key: "f" },
  { href: "/objects", name: "Objects", icon: Boxes, key: "o", objects: true },
  { href: "/ui/sync-intervals", name: "Sources", icon: Workflow, key: "i", aside: true },
  { href: "/audit", name: "Audit", icon: ScrollText, key: "a", aside: true },
  { href: "/settings", name: "Settings", icon: Settings, key: ",", aside: true },
  { href: "/help", name: "Help", icon: CircleHelp, key: "?", aside: true },
];

export function isAt(href: string, pathname: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
