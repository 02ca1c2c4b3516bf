"use client";

import { useState } from "react";
import type { ShownConflict, ConflictListJson } from "../../lib/protocol/conflict.ts";
import { WhatIs } from "../help/what-is.tsx";
import { SourceSelect, useSourceIds, useSourceParam } from "../shell/use-source.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ClosedList } from "./closed-list.tsx";
import { Inbox } from "./inbox.tsx";
import { OpenedConflict } from "./opened-conflict.tsx";
import { useOpenConflicts } from "./use-conflicts.ts";
import { useOpenConflict } from "./use-open-conflict.ts";

/** The open conflicts, oldest first, and how past conflicts ended. */
export function ConflictsPage({ first }: { first: ConflictListJson }) {
  const open = useOpenConflicts(first);
  const [view, setView] = useState<"open" | "past">("open");
  const [source, choose] = useSourceParam();
  const { several } = useSourceIds();
  const [openId, setOpenId] = useOpenConflict();
  const conflicts: readonly ShownConflict[] | undefined = open.data;
  return (
    <>
      <PageHeader
        title="Conflicts"
        aside={
          <>
            <SourceSelect value={source} onChange={choose} />
            <Segmented
              label="Which conflicts"
              value={view}
              onValueChange={(next: "open" | "past") => setView(next)}
              options={[
                {
                  value: "open",
                  label: <>Open {conflicts && <span className="tabular-nums">{conflicts.length}</span>}</>,
                },
                { value: "past", label: "Past" },
              ]}
            />
          </>
        }
      >
        <WhatIs idea="conflict">What is a conflict?</WhatIs>
      </PageHeader>
      {view === "open" ? (
        <Inbox
          conflicts={conflicts}
          source={source}
          several={several}
          error={open.error}
          onRetry={() => void open.refetch()}
          onOpen={(id) => setOpenId(id, "push")}
          keysHere={openId === null}
        />
      ) : (
        <ClosedList source={source} several={several} onOpen={(id) => setOpenId(id, "push")} />
      )}
      <OpenedConflict id={openId} open={conflicts} onGo={setOpenId} />
    </>
  );
}
