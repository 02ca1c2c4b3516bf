"use client";

import { X } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "../ui/button.tsx";
import { NativeSelect } from "../ui/native-select.tsx";
import { SearchBar } from "../ui/search-bar.tsx";
import { FRESHNESS_WORDS } from "./freshness.tsx";
import { EVERY_OBJECT, isFiltered, type ObjectView, SHOWN } from "./object-view.ts";
import type { ObjectType } from "./types-in-order.ts";

/** On a phone the filters share one line. */
const NARROW = "max-sm:min-w-0 max-sm:flex-1 max-sm:px-1.5 max-sm:text-xs";

interface Props {
  view: ObjectView;
  onView(change: Partial<ObjectView>): void;
  types: readonly ObjectType[];
  search: RefObject<HTMLInputElement | null>;
  onLeaveSearch(): void;
}

/** The search field and the filters above the tree of objects. */
export function ObjectsToolbar({ view, onView, types, search, onLeaveSearch }: Props) {
  const names = [...new Set(types.map(({ type }) => type))];
  return (
    <SearchBar
      view={view}
      onView={onView}
      search={search}
      onLeaveSearch={onLeaveSearch}
      label="Search objects"
      placeholder="Search keys and data"
      maxLength={200}
    >
      <Choice
        label="Type"
        all="All types"
        value={view.type}
        options={names}
        onChoose={(type) => onView({ type })}
      />
      <Choice
        label="Source"
        all="All sources"
        value={view.source}
        options={types.map(({ source }) => source)}
        onChoose={(source) => onView({ source })}
      />
      <NativeSelect
        className={NARROW}
        aria-label="Freshness"
        value={view.show}
        onChange={({ target }) => onView({ show: SHOWN.find((each) => each === target.value) ?? "all" })}
      >
        <option value="all">Any freshness</option>
        {SHOWN.filter((each) => each !== "all").map((each) => (
          <option key={each} value={each}>
            {FRESHNESS_WORDS[each].text}
          </option>
        ))}
      </NativeSelect>
      {isFiltered(view) && (
        <Button look="ghost" onClick={() => onView(EVERY_OBJECT)}>
          <X aria-hidden /> Show the tree
        </Button>
      )}
    </SearchBar>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string | null;
  options: readonly string[];
  onChoose(value: string | null): void;
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  const foreign = value !== null && !options.includes(value);
  return (
    <NativeSelect
      className={NARROW}
      aria-label={label}
      value={value ?? ""}
      onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}
    >
      <option value="">{all}</option>
      {foreign && <option value={value}>{value}</option>}
      {options.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </NativeSelect>
  );
}
