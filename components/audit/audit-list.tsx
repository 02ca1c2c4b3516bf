"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { AuditEntry } from "../../lib/protocol/audit.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { EntryRow } from "./entry-row.tsx";
import { GroupRow } from "./group-row.tsx";

/** Height of a closed entry, in pixels; opened entries are measured. */
const HEIGHT = 41;
/** Older entries are fetched when the list is scrolled to this many entries before its end. */
const NEAR = 15;

interface Props {
  entries: readonly AuditEntry[];
  filter: AuditFilter;
  /** Whether older entries can be fetched. */
  rest: boolean;
  loading: boolean;
  onMore(): void;
  onActor(actor: string): void;
}

/** The list of entries. Only the entries in sight are drawn, because the list may become very long. */
export function AuditList({ entries, filter, rest, loading, onMore, onActor }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string, open: boolean) =>
    setOpened((now) => {
      const next = new Set(now);
      if (open) next.add(id);
      else next.delete(id);
      return next;
    });
  // oxlint-disable-next-line react/incompatible-library -- its functions are called only in this component
  const virtual = useVirtualizer({
    count: entries.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    getItemKey: (index) => entries[index]?.id ?? "end",
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const nearEnd = (items.at(-1)?.index ?? 0) >= entries.length - NEAR;
  const more = useEffectEvent(onMore);
  useEffect(() => {
    if (nearEnd && rest && !loading) more();
  }, [nearEnd, rest, loading]);
  return (
    <div
      ref={scroller}
      role="feed"
      aria-busy={loading}
      aria-label="Entries"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto border-t focus-visible:-outline-offset-2"
    >
      <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {items.map(({ key, index, start }) => {
          const entry = entries[index];
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="border-b px-1 sm:px-3"
              style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              {entry ? (
                <Line
                  entry={entry}
                  filter={filter}
                  open={opened.has(entry.id)}
                  onOpen={(open) => toggle(entry.id, open)}
                  onActor={onActor}
                />
              ) : (
                <p className="text-muted py-3 text-center text-xs">
                  {rest ? "Loading older entries…" : "End of list"}
                </p>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface LineProps extends Pick<Props, "filter" | "onActor"> {
  entry: AuditEntry;
  open: boolean;
  onOpen(open: boolean): void;
}

/** One entry, or all that a run did to tasks. */
function Line({ filter, ...shared }: LineProps) {
  const { group } = shared.entry;
  return group ? <GroupRow group={group} filter={filter} {...shared} /> : <EntryRow {...shared} />;
}
