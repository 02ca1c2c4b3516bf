import type { HaltJson } from "../lib/protocol/run.ts";
import { Button } from "./button.tsx";

/** A run stopped before deleting much; this confirms exactly what it would have deleted. */
export function HaltNotice({ halt, mayConfirm, onConfirm }: { halt: HaltJson; mayConfirm: boolean; onConfirm: (hash: string) => void }) {
  return (
    <div role="alert" className="mt-3 flex flex-col items-start gap-2 rounded border border-red-700 p-3 text-sm">
      <p>
        <strong>Halted.</strong> {halt.reason}
      </p>
      <p className="break-all">To be deleted: {halt.deletions.join(", ")}</p>
      <Button look="danger" disabled={!mayConfirm} onClick={() => onConfirm(halt.plan_hash)}>
        Delete {halt.deletions.length} tasks
      </Button>
    </div>
  );
}
