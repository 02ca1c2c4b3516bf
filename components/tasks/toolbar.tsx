"use client";

import { ListFilter, Search, X } from "lucide-react";
import { type ReactNode, type RefObject, useMemo } from "react";
import { SYNC_WORDS } from "./filter-words.ts";
import { TASK_STATUSES } from "../../lib/task/fields.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuCheckItem, MenuLabel } from "../ui/dropdown-menu.tsx";
import { Input } from "../ui/field.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { isFiltered, type View } from "./view.ts";

/** The most skills the menu lists; the search finds the others. */
const MOST_SKILLS = 60;

interface Props {
  view: View;
  onView(change: Partial<View>): void;
  rows: readonly ListedTask[];
  search: RefObject<HTMLInputElement | null>;
  /** Enter or arrow down in the search: on to what was found. */
  onLeaveSearch(): void;
}

export function Toolbar({ view, onView, rows, search, onLeaveSearch }: Props) {
  const skills = useMemo(() => counted(rows, ({ task }) => task.skill_name), [rows]);
  const sources = useMemo(() => counted(rows, ({ task }) => task.source), [rows]);
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <div className="relative w-full sm:w-72">
        <Search className="text-muted pointer-events-none absolute top-2 left-2.5 size-4" aria-hidden />
        <Input
          ref={search}
          type="search"
          value={view.q}
          onChange={(event) => onView({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "ArrowDown") return;
            event.preventDefault();
            onLeaveSearch();
          }}
          placeholder="Search tasks"
          aria-label="Search tasks"
          className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="pointer-events-none absolute top-1.5 right-1.5 hidden sm:block" aria-hidden>
          <Kbd>/</Kbd>
        </span>
      </div>
      <Filter name="Status" chosen={view.statuses.length}>
        {TASK_STATUSES.map((status) => (
          <MenuCheckItem
            key={status}
            checked={view.statuses.includes(status)}
            onCheckedChange={(on) => onView({ statuses: toggled(view.statuses, status, on) })}
          >
            {status}
          </MenuCheckItem>
        ))}
      </Filter>
      <Filter name="Skill" chosen={view.skills.length}>
        {skills.slice(0, MOST_SKILLS).map(([skill, count]) => (
          <MenuCheckItem
            key={skill}
            checked={view.skills.includes(skill)}
            onCheckedChange={(on) => onView({ skills: toggled(view.skills, skill, on) })}
          >
            <span className="max-w-64 truncate">{skill}</span>
            <span className="text-muted ml-auto pl-4 text-xs tabular-nums">{count}</span>
          </MenuCheckItem>
        ))}
        {skills.length > MOST_SKILLS && (
          <MenuLabel>{skills.length - MOST_SKILLS} more: type them in the search</MenuLabel>
        )}
      </Filter>
      <Filter name="Sync" chosen={view.syncs.length}>
        {SYNC_WORDS.map(({ value, label }) => (
          <MenuCheckItem
            key={value}
            checked={view.syncs.includes(value)}
            onCheckedChange={(on) => onView({ syncs: toggled(view.syncs, value, on) })}
          >
            {label}
          </MenuCheckItem>
        ))}
      </Filter>
      {sources.length > 1 && (
        <Filter name="Source" chosen={view.sources.length}>
          {sources.slice(0, MOST_SKILLS).map(([source, count]) => (
            <MenuCheckItem
              key={source}
              checked={view.sources.includes(source)}
              onCheckedChange={(on) => onView({ sources: toggled(view.sources, source, on) })}
            >
              <span className="max-w-64 truncate">{source}</span>
              <span className="text-muted ml-auto pl-4 text-xs tabular-nums">{count}</span>
            </MenuCheckItem>
          ))}
          {sources.length > MOST_SKILLS && (
            <MenuLabel>{sources.length - MOST_SKILLS} more: choose them under Sources</MenuLabel>
          )}
        </Filter>
      )}
      {isFiltered(view) && (
        <Button
          look="ghost"
          onClick={() => onView({ q: "", statuses: [], skills: [], syncs: [], sources: [] })}
        >
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}

function Filter({ name, chosen, children }: { name: string; chosen: number; children: ReactNode }) {
  return (
    <DropdownMenu
      align="start"
      trigger={
        <Button className={chosen > 0 ? "!border-accent !text-accent-text" : ""}>
          <ListFilter aria-hidden /> {name}
          {chosen > 0 && <span className="tabular-nums">: {chosen}</span>}
        </Button>
      }
    >
      {children}
    </DropdownMenu>
  );
}

function toggled<Value>(values: readonly Value[], value: Value, on: boolean): Value[] {
  return on ? [...values, value] : values.filter((each) => each !== value);
}

/** The most frequent first. */
function counted(rows: readonly ListedTask[], nameOf: (row: ListedTask) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
