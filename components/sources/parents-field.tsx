"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { useSourceActions } from "./source-actions.tsx";

interface Props {
  source: SourceJson;
  all: readonly SourceJson[];
  id: string;
}

/**
 * The sources that have to succeed before this one runs, with a button to remove each and a field to add
 * one.
 */
export function ParentsField({ source, all, id }: Props) {
  const { edit, editWhy } = useSourceActions();
  const [error, setError] = useState<string | null>(null);
  const parents = source.settings.depends_on;
  const locked = editWhy !== undefined || source.removed_at !== null;
  const change = async (depends_on: string[]) => {
    const wrong = await edit(source, { depends_on });
    setError(wrong);
    return wrong === null;
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
                aria-label={`Remove ${parent}`}
                disabled={locked}
                onClick={() => void change(parents.filter((each) => each !== parent))}
              >
                <X />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddParent
        id={id}
        placeholder={parents.length === 0 ? "On no other source yet" : "Add another"}
        names={all
          .filter((each) => each.id !== source.id && each.removed_at === null && !parents.includes(each.id))
          .map((each) => each.id)}
        locked={locked}
        invalid={error !== null}
        onAdd={async (name) => !parents.includes(name) && change([...parents, name])}
      />
      {error !== null && (
        <p role="alert" className="text-bad-text text-xs">
          {error}
        </p>
      )}
    </div>
  );
}

interface AddParentProps {
  id: string;
  placeholder: string;
  /** Names to suggest. */
  names: readonly string[];
  locked: boolean;
  invalid: boolean;
  /** Whether the name was taken; the field is then emptied. */
  onAdd(name: string): Promise<boolean>;
}

function AddParent({ id, placeholder, names, locked, invalid, onAdd }: AddParentProps) {
  const [typed, setTyped] = useState("");
  const listId = useId();
  const add = async () => {
    const name = typed.trim();
    if (name !== "" && (await onAdd(name))) setTyped("");
  };
  return (
    <div className="flex gap-2">
      <Input
        id={id}
        list={listId}
        value={typed}
        disabled={locked}
        placeholder={placeholder}
        aria-invalid={invalid}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          void add();
        }}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button onClick={() => void add()} disabled={locked || typed.trim() === ""}>
        Add
      </Button>
    </div>
  );
}
