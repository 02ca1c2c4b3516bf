import { Combine, Pencil } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { useNames } from "../shell/use-side-names.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { FieldRow } from "./field-rows.ts";

const STATE = {
  conflict: "conflict",
  database: "changed in database",
  both: "changed alike",
  equal: "the same",
} as const;

interface Props {
  row: FieldRow;
  /** Whether the field has still to be decided. */
  isOpen: boolean;
  /** Opens the editor; undefined when the value cannot be edited, or is being edited. */
  onEdit: (() => void) | undefined;
  /** Takes a proposal that keeps both; undefined when there is none. */
  onBoth: (() => void) | undefined;
}

/** The field's name, how it stands, and the ways to give it another value than a side's. */
export function FieldHead({ row: { name, state, runtime }, isOpen, onEdit, onBoth }: Props) {
  const { short } = useNames();
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-1 pt-1 sm:flex-col">
      <span className="font-mono text-[13px] leading-5 font-medium break-words">{broken(name)}</span>
      <span className="flex flex-wrap items-center gap-1">
        <Badge tone={state === "conflict" ? "warn" : "neutral"}>
          {isOpen ? "to decide" : state === "file" ? `changed in ${short}` : STATE[state]}
        </Badge>
        {runtime && (
          <Badge title="Reported by the executor of the task; a merge takes the database's value">
            runtime
          </Badge>
        )}
        {onBoth && (
          <Button
            size="icon-small"
            look="ghost"
            className="text-muted"
            aria-label={`Keep both of ${name}`}
            title="Keep both: take a proposal and change it as you like"
            onClick={onBoth}
          >
            <Combine />
          </Button>
        )}
        {onEdit && (
          <Button
            size="icon-small"
            look="ghost"
            className="text-muted"
            aria-label={`Edit the value of ${name}`}
            title="Write another value"
            onClick={onEdit}
          >
            <Pencil />
          </Button>
        )}
      </span>
    </div>
  );
}

/** Lets a long name break only behind a dot or an underscore. */
function broken(name: string): ReactNode {
  return name.split(/(?<=[._])/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
