"use client";

import { CircleCheck } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Choice } from "../../lib/sync/types.ts";
import { useMay } from "../shell/actor-context.tsx";
import { plural } from "../shell/run-words.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { BulkDialog } from "./bulk-dialog.tsx";
import { ConflictItem } from "./conflict-item.tsx";
import { type KindFilter, matching } from "./filter.ts";
import { useListKeys } from "./use-list-keys.ts";
import { CHOICE, CHOICE_ORDER, KIND } from "./words.ts";

interface Props {
  conflicts: readonly ShownConflict[] | undefined;
  /** Only those of this one. */
  source: string | undefined;
  several: boolean;
  error: Error | null;
  onRetry(): void;
  onOpen(id: string): void;
  /** Whether single keys are this list's. */
  keysHere: boolean;
}

const KINDS = [
  { value: "all", label: "All kinds" },
  ...Object.entries(KIND).map(([value, label]) => ({ value, label })),
] as { value: KindFilter; label: string }[];

/** More would be slow to draw and nobody works through them one by one. */
const SHOWN = 300;

export function Inbox({ conflicts, source, several, error, onRetry, onOpen, keysHere }: Props) {
  const { may } = useMay("admin");
  const [text, setText] = useState("");
  const [kind, setKind] = useState<KindFilter>("all");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<{ choice: Choice; conflicts: readonly ShownConflict[] } | null>(null);
  const search = useDeferredValue(text);
  const shown = matching(conflicts ?? [], search, kind, source);
  useListKeys(keysHere && bulk === null);
  const selected = shown.filter((each) => picked.has(each.conflict_id));
  const select = (ids: readonly string[], on: boolean) => {
    const next = new Set(picked);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setPicked(next);
  };
  const list = () => (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-4 pb-3 sm:px-6">
        {may && (
          <Checkbox
            label="Select all shown"
            checked={
              selected.length === 0 ? false : selected.length === shown.length ? true : "indeterminate"
            }
            onCheckedChange={(on) =>
              select(
                shown.map((each) => each.conflict_id),
                on,
              )
            }
          />
        )}
        <Input
          type="search"
          className="min-w-0 flex-1 sm:max-w-64"
          placeholder="Task, field or person"
          aria-label="Search conflicts"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          label="Kind"
          options={KINDS}
          value={kind}
          onValueChange={(next: KindFilter) => setKind(next)}
        />
        {selected.length > 0 && (
          <div
            role="group"
            aria-label="Resolve the selected"
            className="flex flex-wrap items-center gap-2 sm:ml-auto"
          >
            <span className="text-muted text-xs">{selected.length} selected</span>
            {CHOICE_ORDER.map((choice) => (
              <Button key={choice} size="small" onClick={() => setBulk({ choice, conflicts: selected })}>
                {CHOICE[choice]}
              </Button>
            ))}
          </div>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No conflict matches">Try another word or kind.</EmptyState>
      ) : (
        <ul aria-label="Open conflicts, oldest first">
          {shown.slice(0, SHOWN).map((conflict) => (
            <ConflictItem
              key={conflict.conflict_id}
              conflict={conflict}
              several={several}
              selected={picked.has(conflict.conflict_id)}
              onSelect={may ? (on) => select([conflict.conflict_id], on) : undefined}
              onOpen={() => onOpen(conflict.conflict_id)}
            />
          ))}
        </ul>
      )}
      {shown.length > SHOWN && (
        <p className="text-muted px-6 py-3 text-xs">
          The oldest {SHOWN} of {plural(shown.length, "conflict")} are shown.
        </p>
      )}
    </>
  );
  return (
    <>
      {conflicts !== undefined ? (
        conflicts.length === 0 ? (
          <NoConflicts />
        ) : (
          list()
        )
      ) : error ? (
        <ErrorState title="The conflicts cannot be shown" error={error} onRetry={onRetry} />
      ) : (
        <SkeletonRows label="Loading conflicts" />
      )}
      {bulk && (
        <BulkDialog
          {...bulk}
          onClose={() => setBulk(null)}
          onDone={() => {
            setBulk(null);
            setPicked(new Set());
          }}
        />
      )}
    </>
  );
}

function NoConflicts() {
  return (
    <EmptyState icon={CircleCheck} title="No conflicts">
      File and database agree, or what each changed could be joined. When both change the same field of a
      task, it waits here for a person, and all other tasks go on.
    </EmptyState>
  );
}
