"use client";

import { JsonView, type Props as JsonViewProps } from "react-json-view-lite";
import type { Json } from "../../lib/json.ts";

const FOLD =
  "mr-1 inline-block w-3 cursor-pointer select-none text-muted hover:text-text rounded focus-visible:outline-offset-0";
const STYLE: JsonViewProps["style"] = {
  container: "font-mono text-xs leading-5 break-words",
  basicChildStyle: "pl-4 -indent-4 has-[>[role=button]]:indent-0 has-[>[role=button]]:pl-0",
  childFieldsContainer: "border-l pl-4 ml-1.5 indent-0 list-none",
  label: "text-muted mr-1",
  clickableLabel: "text-muted mr-1 cursor-pointer hover:text-text",
  nullValue: "text-muted italic",
  undefinedValue: "text-muted italic",
  numberValue: "text-accent-text",
  booleanValue: "text-warn-text",
  stringValue: "text-ok-text whitespace-pre-wrap",
  otherValue: "text-text",
  punctuation: "text-muted",
  expandIcon: `${FOLD} after:content-['▸']`,
  collapseIcon: `${FOLD} after:content-['▾']`,
  collapsedContent: "text-muted cursor-pointer after:content-['…'] mx-0.5",
  noQuotesForStringValues: false,
  quotesForFieldNames: false,
  stringifyStringValues: true,
  ariaLables: { collapseJson: "Fold", expandJson: "Unfold" },
};

/** The most members that a part may have to be unfolded at first. */
const MOST_UNFOLDED = 20;
const LEVELS_UNFOLDED = 2;

function isUnfolded(level: number, value: unknown): boolean {
  const members = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  return level === 0 || (level < LEVELS_UNFOLDED && members <= MOST_UNFOLDED);
}

/** The most members that one of several items may have to be unfolded at first. */
const MOST_OF_SEVERAL = 10;

function isUnfoldedAmongOthers(level: number, value: unknown): boolean {
  return level === 0 && typeof value === "object" && Object.keys(value ?? {}).length <= MOST_OF_SEVERAL;
}

interface DataProps {
  data: Json;
  label: string;
  /** True for one of several items, of which less is unfolded at first. */
  brief?: boolean;
}

/** JSON that can be folded: deep and large parts are folded at first. */
export function Data({ data, label, brief = false }: DataProps) {
  const shown = typeof data === "object" && data !== null ? data : [data];
  return (
    <JsonView
      data={shown}
      style={STYLE}
      shouldExpandNode={brief ? isUnfoldedAmongOthers : isUnfolded}
      clickToExpandNode
      aria-label={label}
    />
  );
}
