"use client";

import { MIN_PASSWORD } from "../../lib/protocol/access.ts";
import { Field, Input } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";
import { PasswordInput } from "./password-input.tsx";

const ROUTES = {
  setup: { route: "POST /api/auth/setup", submit: "Create the admin", busy: "Creating" },
  invite: { route: "POST /api/auth/accept-invite", submit: "Join", busy: "Joining" },
  reset: { route: "POST /api/auth/reset", submit: "Set the password", busy: "Setting" },
} as const;

/** A person with a one-time link chooses a password and is then signed in. */
export function NewPasswordForm({
  kind,
  token,
  email,
}: {
  kind: keyof typeof ROUTES;
  token: string;
  email?: string;
}) {
  const isNew = kind !== "reset";
  return (
    <AccessForm {...ROUTES[kind]} also={{ token }} next="/">
      {(errors) => (
        <>
          {email === undefined ? (
            <Field label="Email" error={errors["email"]}>
              {(control) => (
                <Input
                  {...control}
                  name="email"
                  type="email"
                  autoComplete="username"
                  required
                  autoFocus
                  className="h-9"
                />
              )}
            </Field>
          ) : (
            // Without a name the field is not sent; it tells a password manager whose password this is.
            <Field label="Email">
              {(control) => (
                <Input {...control} value={email} readOnly autoComplete="username" className="h-9" />
              )}
            </Field>
          )}
          {isNew && (
            <Field label="Name" optional error={errors["name"]}>
              {(control) => (
                <Input {...control} name="name" autoComplete="name" maxLength={80} className="h-9" />
              )}
            </Field>
          )}
          <Field
            label="Password"
            error={errors["password"]}
            hint={`At least ${MIN_PASSWORD} characters; a few words work well.`}
          >
            {(control) => (
              <PasswordInput control={control} name="password" fresh autoFocus={email !== undefined} />
            )}
          </Field>
        </>
      )}
    </AccessForm>
  );
}
