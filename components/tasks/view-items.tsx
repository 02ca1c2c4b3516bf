"use client";

import { Link, Pencil, Plus, Save, Trash2, Users } from "lucide-react";
import type { ViewJson } from "../../lib/protocol/view.ts";
import { useMay } from "../shell/actor-context.tsx";
import { MenuItem, MenuRadioGroup, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { toast } from "../ui/toast.ts";
import { useSavedViews, useViewChanges } from "./use-saved-views.ts";
import { queryOf, type ShownList, type ShownView, viewOf } from "./view-query.ts";
import { EVERYTHING } from "./view.ts";

interface Props extends ShownList {
  shown: ShownView | null;
  /** Null for all tasks. */
  onChoose(id: string | null): void;
  /** Opens the dialog for a new view, or for the shown one. */
  onName(what: "new" | "shown"): void;
}

/** The items of the menu of views. */
export function ViewItems({ view, columns, onView, shown, onChoose, onName }: Props) {
  const all = useSavedViews();
  const choose = (id: string) => {
    const chosen = all.find((each) => each.id === id);
    onChoose(chosen?.id ?? null);
    onView(chosen ? viewOf(chosen.query) : EVERYTHING);
  };
  return (
    <>
      <MenuRadioGroup
        value={shown?.saved.id ?? ""}
        onValueChange={choose}
        options={[
          { value: "", label: "All tasks" },
          ...all.map((each) => ({ value: each.id, label: <Name of={each} /> })),
        ]}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => onName("new")}>
        <Plus aria-hidden /> Save as a view…
      </MenuItem>
      <MenuItem onSelect={() => void copyLink(queryOf(view, columns))}>
        <Link aria-hidden /> Copy a link to this view
      </MenuItem>
      {shown && (
        <ShownItems shown={shown} query={queryOf(view, columns)} onChoose={onChoose} onName={onName} />
      )}
    </>
  );
}

function Name({ of: { name, shared, own, owner } }: { of: ViewJson }) {
  return (
    <>
      <span className="max-w-56 truncate" title={name}>
        {name}
      </span>
      {shared && (
        <span className="text-muted ml-auto flex items-center gap-1 pl-4 text-xs">
          <Users aria-hidden className="!size-3.5" /> {own ? "shared" : owner}
        </span>
      )}
    </>
  );
}

/** What can be done with the view that is shown. */
function ShownItems({
  shown: { saved, edited },
  query,
  onChoose,
  onName,
}: Pick<Props, "onChoose" | "onName"> & { shown: ShownView; query: string }) {
  const { change, remove, save } = useViewChanges();
  const { may: isAdmin } = useMay("admin");
  const removeIt = async () => {
    const { id, name, query: removed, shared, own } = saved;
    const undo = async () => onChoose((await save({ name, query: removed, shared })).id);
    if (!(await said("The view was not removed", remove(id)))) return;
    onChoose(null);
    toast.success(`Removed the view “${name}”`, {
      // The view of another person cannot be given back to that person.
      ...(own
        ? { action: { label: "Undo", onClick: () => void said("The view is still removed", undo()) } }
        : {}),
    });
  };
  return (
    <>
      <MenuSeparator />
      {saved.own && edited && (
        <MenuItem
          onSelect={() => void said("The view was not saved", change({ id: saved.id, patch: { query } }))}
        >
          <Save aria-hidden /> Save the changes
        </MenuItem>
      )}
      {saved.own && (
        <MenuItem onSelect={() => onName("shown")}>
          <Pencil aria-hidden /> Rename or share…
        </MenuItem>
      )}
      {(saved.own || isAdmin) && (
        <MenuItem danger onSelect={() => void removeIt()}>
          <Trash2 aria-hidden /> Remove this view
        </MenuItem>
      )}
    </>
  );
}

/** Waits for a change and tells when it failed. @returns whether it succeeded. */
async function said(failure: string, change: Promise<unknown>): Promise<boolean> {
  return change.then(
    () => true,
    (error: unknown) => {
      toast.error(failure, { description: error instanceof Error ? error.message : undefined });
      return false;
    },
  );
}

/** The link has the whole view in it, so it works for anyone who may see the tasks, also when nothing was saved. */
async function copyLink(query: string): Promise<void> {
  const link = `${window.location.origin}/${query === "" ? "" : `?${query}`}`;
  // Browsers offer the clipboard only to pages of a secure origin.
  const copied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  if (copied === true) toast.success("Link copied");
  else toast.message("This is the link", { description: link, duration: 20_000 });
}
