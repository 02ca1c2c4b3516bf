"use client";

import { useQuery } from "@tanstack/react-query";
import type { JsonMap } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { choiceToWire, previewFromWire } from "../../lib/protocol/wire.ts";
import { LazyYamlDiff } from "../code/lazy-yaml-diff.tsx";
import { call } from "../live/api.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";

/** The task's lines in the file, beside the lines that the database's version would have. */
export function SideTexts({ conflict, mayPreview }: { conflict: ShownConflict; mayPreview: boolean }) {
  const { conflict_id, revision, task_id } = conflict;
  const texts = useQuery({
    queryKey: ["conflicts", "texts", conflict_id, revision, mayPreview],
    queryFn: () => (mayPreview ? fileTexts(conflict) : plainTexts(conflict)),
  });
  if (texts.error) return <ErrorNote error={texts.error} />;
  if (!texts.data) return <SkeletonRows rows={4} label="Loading the text" />;
  return (
    <div>
      <div className="grid grid-cols-2 gap-2 pb-1 text-xs font-medium">
        <span>YAML file</span>
        <span>Database, as it would stand in the file</span>
      </div>
      <div className="max-h-96 min-h-24 overflow-auto rounded-md border">
        <LazyYamlDiff
          before={texts.data.file}
          after={texts.data.database}
          label={`Task ${task_id}`}
          sideBySide
        />
      </div>
    </div>
  );
}

interface Texts {
  file: string;
  database: string;
}

async function fileTexts({ conflict_id, revision }: ShownConflict): Promise<Texts> {
  const body = { choice: choiceToWire("keep_database"), revision };
  const { file } = previewFromWire(
    await call("POST /api/sync/conflicts/:id/preview", { params: { id: conflict_id }, body }),
  );
  // A final line break would show as an empty line.
  const text = (lines: string | null) => (lines ?? "").trimEnd();
  return { file: text(file.before), database: text(file.after) };
}

/** The values as YAML, for people who may not ask for a preview. */
async function plainTexts({ file_data, database_data }: ShownConflict): Promise<Texts> {
  const { stringify } = await import("yaml");
  const text = (side: JsonMap | null) => (side === null ? "" : stringify([side], { lineWidth: 0 }).trimEnd());
  return { file: text(file_data), database: text(database_data) };
}
