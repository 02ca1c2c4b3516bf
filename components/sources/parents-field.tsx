"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { useSourceActions } from "./source-actions.tsx";

/** The sources that have to succeed first: taken off by a press, added by name. */
export function ParentsField({
  source,
  all,
  id,
}: {
  source: SourceJson;
  all: readonly SourceJson[];
  id: string;
}) {
  const { edit, editWhy } = useSourceActions();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const listId = useId();
  const parents = source.settings.depends_on;
  const others = all.filter(
    (each) => each.id !== source.id && each.removed_at === null && !parents.includes(each.id),
  );
  const locked = editWhy !== undefined || source.removed_at !== null;
  const change = async (depends_on: string[]) => {
    const wrong = await edit(source, { depends_on });
    setError(wrong);
    if (wrong === null) setTyped("");
  };
  const add = () => {
    const wanted = typed.trim();
    if (wanted !== "" && !parents.includes(wanted)) void change([...parents, wanted]);
  };
  return (
    <div className="flex flex-col gap-2">
      {parents.length > 0 && (
        <ul aria-label="Depends on" className="flex flex-wrap gap-1.5">
          {parents.map((parent) => (
            <li
              key={parent}
              className="bg-hover flex items-center gap-1 rounded-md py-0.5 pr-0.5 pl-2 text-sm"
            >
              {parent}
              <Button
                look="ghost"
                size="icon-small"
                aria-label={`No longer after ${parent}`}
                disabled={locked}
                onClick={() => void change(parents.filter((each) => each !== parent))}
              >
                <X />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <Input
          id={id}
          list={listId}
          value={typed}
          disabled={locked}
          placeholder={parents.length === 0 ? "On none; add one by its name" : "Add another"}
          aria-invalid={error !== null}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <datalist id={listId}>
          {others.map((each) => (
            <option key={each.id} value={each.id} />
          ))}
        </datalist>
        <Button onClick={add} disabled={locked || typed.trim() === ""}>
          Add
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="text-bad-text text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
