"use client";

import { Search, X } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { AUDIT_SUBJECTS, type AuditSubject, auditScope } from "../../lib/protocol/audit.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import { useActor } from "../shell/actor-context.tsx";
import { useSideNames } from "../shell/use-side-names.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { actorInWords } from "./actor-words.ts";
import { type AuditFilter, isFiltered, NO_FILTER } from "./audit-filter.ts";

const SUBJECT: Record<AuditSubject, string> = {
  task: "Tasks",
  conflict: "Conflicts",
  run: "Runs",
  setting: "Settings",
  user: "Users and sign-ins",
  token: "API tokens",
};

const kindsOf = ({ Side }: SideNames) => [
  { value: "all", label: "All actors" },
  { value: "user", label: "People" },
  { value: "token", label: "Tokens" },
  { value: "sql", label: "SQL" },
  { value: "file", label: Side },
  { value: "lockstep", label: "Lockstep itself" },
];

/** How long typing has to pause before the search is sent, in milliseconds. */
const SETTLE_MS = 250;

interface Props {
  filter: AuditFilter;
  onChange(change: Partial<AuditFilter>): void;
}

export function AuditToolbar({ filter, onChange }: Props) {
  const { subjects } = auditScope(useActor());
  const names = useSideNames(filter.source === "" ? undefined : filter.source);
  const usual = kindsOf(names);
  const one = usual.some(({ value }) => value === filter.actor) || filter.actor === "" ? null : filter.actor;
  const kinds = one === null ? usual : [...usual, { value: one, label: nameOf(one, names) }];
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchText text={filter.q} onText={(q) => onChange({ q })} />
      <Select
        label="What it is about"
        value={filter.subject}
        onValueChange={(subject) => onChange({ subject })}
        options={[
          { value: "all" as const, label: "Everything" },
          ...AUDIT_SUBJECTS.filter((each) => subjects.includes(each)).map((value) => ({
            value,
            label: SUBJECT[value],
          })),
        ]}
      />
      <Select
        label="Who"
        value={filter.actor === "" ? "all" : filter.actor}
        onValueChange={(actor) => onChange({ actor: actor === "all" ? "" : actor })}
        options={kinds}
      />
      <div className="flex items-center gap-1.5">
        <Day
          label="From day"
          value={filter.since}
          max={filter.until}
          onValue={(since) => onChange({ since })}
        />
        <span className="text-muted" aria-hidden>
          –
        </span>
        <Day
          label="To day"
          value={filter.until}
          min={filter.since}
          onValue={(until) => onChange({ until })}
        />
      </div>
      {filter.task !== "" && <Only name={`Task ${filter.task}`} onDrop={() => onChange({ task: "" })} />}
      {filter.run !== "" && <Only name="One run" onDrop={() => onChange({ run: "" })} />}
      {filter.source !== "" && (
        <Only name={`Source ${filter.source}`} onDrop={() => onChange({ source: "" })} />
      )}
      {isFiltered(filter) && (
        <Button look="ghost" onClick={() => onChange(NO_FILTER)}>
          <X aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}

function nameOf(actor: string, names: SideNames): string {
  const { name, by } = actorInWords({ actor, detail: null }, names);
  return by === null ? name : `${name} (${by})`;
}

function SearchText({ text, onText }: { text: string; onText(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const [given, setGiven] = useState(text);
  // The address was changed by a link or by the button that clears the filter, so the field follows it.
  if (text !== given) {
    setGiven(text);
    if (text !== typed.trim()) setTyped(text);
  }
  const tell = useEffectEvent(onText);
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => tell(typed.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <div className="relative w-full sm:w-64">
      <Search className="text-muted pointer-events-none absolute top-2 left-2.5 size-4" aria-hidden />
      <Input
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        maxLength={200}
        placeholder="Search entries"
        aria-label="Search entries"
        className="pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
    </div>
  );
}

function Day({
  label,
  value,
  min = "",
  max = "",
  onValue,
}: {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onValue(value: string): void;
}) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value}
      min={min === "" ? undefined : min}
      max={max === "" ? undefined : max}
      onChange={(event) => onValue(event.target.value)}
      className="!w-36"
    />
  );
}

function Only({ name, onDrop }: { name: string; onDrop(): void }) {
  return (
    <Button
      className="!border-accent !text-accent-text"
      onClick={onDrop}
      aria-label={`${name}: show everything again`}
    >
      {name} <X aria-hidden />
    </Button>
  );
}
