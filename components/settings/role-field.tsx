"use client";

import type { Role } from "../../lib/protocol/actor.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { ROLE_OPTIONS } from "./role-words.ts";

interface Props {
  role: Role;
  error: string | undefined;
  onRole(role: Role): void;
}

/** The choice of the role that an invitation or a token gives. */
export function RoleField({ role, error, onRole }: Props) {
  return (
    <Field label="Role" error={error}>
      {({ id }) => (
        <Select id={id} value={role} onValueChange={onRole} options={ROLE_OPTIONS} className="w-28" />
      )}
    </Field>
  );
}
