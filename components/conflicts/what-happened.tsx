import type { ReactNode } from "react";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { useNames } from "../shell/use-side-names.ts";
import { Time } from "../ui/time.tsx";
import { actorName } from "./words.ts";

/** What happened to the task, as a person would tell it: what is gone or changed, by whom and when. */
export function WhatHappened({ conflict }: { conflict: ShownConflict }) {
  const { side, Side, isFile } = useNames();
  const fields = listed(conflict.fields);
  const inFile = <When at={conflict.file_updated_at} />;
  const inDatabase = <When at={conflict.database_updated_at} by={conflict.database_updated_by} />;
  const told: Record<ShownConflict["kind"], ReactNode> = {
    modify_modify: (
      <>
        {Side} and the database both changed {fields} since they last agreed: {side}
        {inFile}, the database{inDatabase}.
      </>
    ),
    delete_modify: (
      <>
        {Side} no longer has this task; it was {isFile ? "saved without it" : "found without it"}
        {inFile}. The database changed {fields}
        {inDatabase}, so deleting the task would drop that edit.
      </>
    ),
    modify_delete: (
      <>
        The database no longer has this task; its row was deleted{inDatabase}. {Side} changed {fields}
        {inFile}, so deleting the task would drop that edit.
      </>
    ),
    create_create: (
      <>
        This task was created twice: in {side}
        {inFile} and in the database{inDatabase}. They differ in {fields}.
      </>
    ),
    renamed: (
      <>
        Task {conflict.task_id} is gone from {side}, and task {conflict.renamed_to}, which is much like it,
        has come{inFile}. It may be the same task under another id.
      </>
    ),
  };
  return (
    <>
      {told[conflict.kind]}{" "}
      <span className="hidden sm:inline">
        Nothing is written until you decide; both sides stay as they are.
      </span>
    </>
  );
}

function When({ at, by = null }: { at: string | null; by?: string | null }) {
  return (
    <>
      {at !== null && (
        <>
          {" "}
          <Time at={at} />
        </>
      )}
      {by !== null && ` by ${actorName(by)}`}
    </>
  );
}

function listed(fields: readonly string[]): string {
  if (fields.length > 4) return `${fields.slice(0, 3).join(", ")} and ${fields.length - 3} more fields`;
  const last = fields.at(-1) ?? "it";
  return fields.length < 2 ? last : `${fields.slice(0, -1).join(", ")} and ${last}`;
}
