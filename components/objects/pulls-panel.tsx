"use client";

import { Link } from "../ui/link.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { PullList } from "./pull-list.tsx";

/** The pulls of one type of objects. */
export function PullsPanel({ source, onClose }: { source: string; onClose(): void }) {
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={`Pulls of ${source}`}
      description="What each pull read and changed, and whether it was complete"
      footer={
        <Link
          href={`/ui/sync-intervals?open=${encodeURIComponent(source)}`}
          className="text-accent-text text-sm underline"
        >
          Settings and Test of {source}
        </Link>
      }
    >
      <PullList source={source} onLeave={onClose} />
    </Sheet>
  );
}
