"use client";

import { CircleCheck } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import type { Answer } from "../../lib/sync/types.ts";
import { useMay } from "../shell/actor-context.tsx";
import { plural } from "../shell/run-words.ts";
import { useSideNames, useSides } from "../shell/use-side-names.ts";
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
import { choiceFor, CHOICE_ORDER, kindOf, KINDS, RENAME_ANSWERS } from "./words.ts";

interface Props {
  conflicts: readonly ShownConflict[] | undefined;
  /** Shows only conflicts of this source; of all sources when undefined. */
  source: string | undefined;
  several: boolean;
  error: Error | null;
  onRetry(): void;
  onOpen(id: string): void;
  /** Whether j and k move in this list. */
  keysHere: boolean;
}

/** The most conflicts that are drawn, because more would be slow to draw and too many to read. */
const SHOWN = 300;

/** Every open conflict, with a search and one choice for all selected conflicts. */
export function Inbox({ conflicts, error, onRetry, ...list }: Props) {
  if (conflicts === undefined) {
    return error ? (
      <ErrorState title="The conflicts could not be loaded" error={error} onRetry={onRetry} />
    ) : (
      <SkeletonRows label="Loading conflicts" />
    );
  }
  return <ConflictList {...list} conflicts={conflicts} />;
}

type ListProps = Omit<Props, "conflicts" | "error" | "onRetry"> & { conflicts: readonly ShownConflict[] };

function ConflictList({ conflicts, source, several, onOpen, keysHere }: ListProps) {
  const { may } = useMay("admin");
  const [text, setText] = useState("");
  const [kind, setKind] = useState<KindFilter>("all");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<{ choice: Answer; conflicts: readonly ShownConflict[] } | null>(null);
  const search = useDeferredValue(text);
  const shown = matching(conflicts, search, kind, source);
  useListKeys(keysHere && bulk === null);
  const selected = shown.filter((each) => picked.has(each.conflict_id));
  const select = (which: readonly ShownConflict[], on: boolean) =>
    setPicked((now) => {
      const ids = new Set(which.map((each) => each.conflict_id));
      return new Set(on ? [...now, ...ids] : [...now].filter((id) => !ids.has(id)));
    });
  return (
    <>
      {conflicts.length === 0 ? (
        <NoConflicts />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2 border-b px-4 pb-3 sm:px-6">
            {may && (
              <Checkbox
                label="Select all shown"
                checked={
                  selected.length === 0 ? false : selected.length === shown.length ? true : "indeterminate"
                }
                onCheckedChange={(on) => select(shown, on)}
              />
            )}
            <Filters text={text} onText={setText} kind={kind} onKind={setKind} />
            {selected.length > 0 && (
              <BulkChoices
                conflicts={selected}
                onChoose={(choice) => setBulk({ choice, conflicts: selected })}
              />
            )}
          </div>
          <Items
            conflicts={shown}
            several={several}
            picked={picked}
            onSelect={may ? (conflict, on) => select([conflict], on) : undefined}
            onOpen={onOpen}
          />
        </>
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

interface FiltersProps {
  text: string;
  onText(text: string): void;
  kind: KindFilter;
  onKind(kind: KindFilter): void;
}

function Filters({ text, onText, kind, onKind }: FiltersProps) {
  const names = useSideNames(undefined);
  const kinds: { value: KindFilter; label: string }[] = [
    { value: "all", label: "All kinds" },
    ...KINDS.map((value) => ({ value, label: kindOf(value, names) })),
  ];
  return (
    <>
      <Input
        type="search"
        className="min-w-0 flex-1 sm:max-w-64"
        placeholder="Task, field or person"
        aria-label="Search conflicts"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <Select label="Kind" options={kinds} value={kind} onValueChange={onKind} />
    </>
  );
}

function BulkChoices({
  conflicts,
  onChoose,
}: {
  conflicts: readonly ShownConflict[];
  onChoose(choice: Answer): void;
}) {
  const names = useSides()(conflicts.map(({ source }) => source));
  const onlyRenames = conflicts.every(({ kind }) => kind === "renamed");
  return (
    <div
      role="group"
      aria-label="Resolve the selected"
      className="flex flex-wrap items-center gap-2 sm:ml-auto"
    >
      <span className="text-muted text-xs">{conflicts.length} selected</span>
      {(onlyRenames ? RENAME_ANSWERS : CHOICE_ORDER).map((choice) => (
        <Button key={choice} size="small" onClick={() => onChoose(choice)}>
          {choiceFor(choice, onlyRenames ? "renamed" : "modify_modify", names)}
        </Button>
      ))}
    </div>
  );
}

interface ItemsProps {
  conflicts: readonly ShownConflict[];
  several: boolean;
  picked: ReadonlySet<string>;
  /** Undefined when this person may not resolve conflicts. */
  onSelect: ((conflict: ShownConflict, on: boolean) => void) | undefined;
  onOpen(id: string): void;
}

function Items({ conflicts, several, picked, onSelect, onOpen }: ItemsProps) {
  if (conflicts.length === 0)
    return <EmptyState title="No conflict matches">Try another word or kind.</EmptyState>;
  return (
    <>
      <ul aria-label="Open conflicts, oldest first">
        {conflicts.slice(0, SHOWN).map((conflict) => (
          <ConflictItem
            key={conflict.conflict_id}
            conflict={conflict}
            several={several}
            selected={picked.has(conflict.conflict_id)}
            onSelect={onSelect && ((on) => onSelect(conflict, on))}
            onOpen={() => onOpen(conflict.conflict_id)}
          />
        ))}
      </ul>
      {conflicts.length > SHOWN && (
        <p className="text-muted px-6 py-3 text-xs">
          The oldest {SHOWN} of {plural(conflicts.length, "conflict")} are shown.
        </p>
      )}
    </>
  );
}

function NoConflicts() {
  return (
    <EmptyState icon={CircleCheck} title="No conflicts">
      Both sides agree, or their changes could be merged. When both sides change the same field of a task, it
      waits here for a person, and all other tasks go on.
    </EmptyState>
  );
}
