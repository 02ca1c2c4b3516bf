"use client";

import { useId } from "react";
import { FIELDS } from "../../lib/task/fields.ts";
import { TASK_STATUSES } from "../../lib/task/status.ts";
import { Select } from "../ui/select.tsx";

const STATUSES = TASK_STATUSES.map((value) => ({ value, label: value }));

interface Props {
  status: string;
  disabled: boolean;
  onChange(status: string): void;
}

/** The choice of a task's status. */
export function StatusField({ status, disabled, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {FIELDS.status.label}
      </label>
      <Select id={id} options={STATUSES} value={status} disabled={disabled} onValueChange={onChange} />
    </div>
  );
}
