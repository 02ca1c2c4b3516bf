"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { ownershipFromWire, ownershipToWire } from "../../lib/protocol/wire.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import type { Side } from "../../lib/sync/types.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { NativeSelect } from "../ui/native-select.tsx";
import { useSourceActions } from "./source-actions.tsx";

/** Fields for which one side always wins. */
export function OwnersField({ source, id }: { source: SourceJson; id: string }) {
  const { edit, editWhy } = useSourceActions();
  const { Side } = sideNames(source.id, source.kind);
  const [name, setName] = useState("");
  const fields = ownershipFromWire(source.settings.fields);
  const locked = editWhy !== undefined || source.removed_at !== null;
  const change = (next: Record<string, Side>) => void edit(source, { fields: ownershipToWire(next) });
  const add = () => {
    if (name.trim() === "") return;
    change({ ...fields, [name.trim()]: "database" });
    setName("");
  };
  return (
    <div className="flex flex-col gap-2">
      {Object.entries(fields).map(([field, side]) => (
        <div key={field} className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-xs">{field}</span>
          <NativeSelect
            aria-label={`Who wins ${field}`}
            value={side}
            disabled={locked}
            onChange={(event) =>
              change({ ...fields, [field]: event.target.value === "file" ? "file" : "database" })
            }
          >
            <option value="database">The database wins</option>
            <option value="file">{Side} wins</option>
          </NativeSelect>
          <Button
            look="ghost"
            size="icon-small"
            aria-label={`Remove ${field}`}
            disabled={locked}
            onClick={() =>
              change(Object.fromEntries(Object.entries(fields).filter(([each]) => each !== field)))
            }
          >
            <X />
          </Button>
        </div>
      ))}
      <div className="flex gap-2">
        <Input
          id={id}
          value={name}
          disabled={locked}
          placeholder="A field, like next_run_at"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabled={locked || name.trim() === ""}>
          Add
        </Button>
      </div>
    </div>
  );
}
