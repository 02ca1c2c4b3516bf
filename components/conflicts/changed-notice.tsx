import { RefreshCw } from "lucide-react";
import type { JsonMap } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { fieldDiffs } from "../../lib/audit/field-diffs.ts";
import { useNames } from "../shell/use-side-names.ts";
import { withoutIdentity } from "./field-rows.ts";

/** Says which side changed in which fields while the conflict was open on the screen. */
export function ChangedNotice({ before, now }: { before: ShownConflict; now: ShownConflict }) {
  const { side } = useNames();
  const changes = [
    said(side, before.file_data, now.file_data),
    said("the database", before.database_data, now.database_data),
  ].filter((text) => text !== null);
  return (
    <p
      role="alert"
      className="bg-warn-soft text-warn-text mb-3 flex items-start gap-2 rounded-md px-3 py-2 text-sm"
    >
      <RefreshCw className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>
        This changed while you were looking{changes.length > 0 && `: ${changes.join("; ")}`}. Below is how it
        stands now; choose again.
      </span>
    </p>
  );
}

function said(side: string, before: JsonMap | null, now: JsonMap | null): string | null {
  if (before === null || now === null) {
    if (before === now) return null;
    return now === null ? `deleted in ${side}` : `there again in ${side}`;
  }
  const names = fieldDiffs(withoutIdentity(before), withoutIdentity(now)).map(({ field }) => field);
  return names.length === 0 ? null : `${names.join(", ")} in ${side}`;
}
