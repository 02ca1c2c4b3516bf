"use client";

import { useId, useRef, useState } from "react";
import type { ViewJson } from "../../lib/protocol/view.ts";
import { SettingsForm } from "../settings/settings-form.tsx";
import { useMay } from "../shell/actor-context.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import { useViewChanges } from "./use-saved-views.ts";
import { queryOf, type ShownList, viewOf } from "./view-query.ts";

interface Props extends ShownList {
  /** The view to rename or share; null for a new one. */
  of: ViewJson | null;
  onSaved(id: string): void;
  onClose(): void;
}

/** Asks for a view's name, and whether everyone sees it. */
export function ViewDialog({ of, view, columns, onView, onSaved, onClose }: Props) {
  const { save, change } = useViewChanges();
  const { may: mayShare } = useMay("editor");
  const [shared, setShared] = useState(of?.shared ?? false);
  const box = useId();
  const field = useRef<HTMLInputElement>(null);
  const submit = async ({ name = "" }: Record<string, string>) => {
    if (of) await change({ id: of.id, patch: { name, shared } });
    else {
      const query = queryOf(view, columns);
      const { id } = await save({ name, query, shared });
      // The saved view may have columns that only this browser had so far.
      onView(viewOf(query));
      onSaved(id);
    }
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={of ? "Rename or share the view" : "Save as a view"}
      description="A view keeps the search, filters, order and columns."
      size="small"
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        field.current?.select();
      }}
    >
      <SettingsForm submit="Save" keep onSubmit={submit}>
        {(errors) => (
          <>
            <Field label="Name" error={errors["name"]}>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  defaultValue={of?.name}
                  placeholder="Late and failed"
                  autoComplete="off"
                  required
                  maxLength={60}
                  ref={field}
                />
              )}
            </Field>
            {mayShare && (
              <div className="flex items-center gap-2.5">
                <Checkbox id={box} checked={shared} onCheckedChange={setShared} />
                <label htmlFor={box}>Show it to everyone</label>
              </div>
            )}
          </>
        )}
      </SettingsForm>
    </Dialog>
  );
}
