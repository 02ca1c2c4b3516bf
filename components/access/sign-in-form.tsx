"use client";

import { Field, Input } from "../ui/field.tsx";
import { AccessForm } from "./access-form.tsx";
import { PasswordInput } from "./password-input.tsx";

export function SignInForm({ next }: { next: string }) {
  return (
    <AccessForm route="POST /api/auth/sign-in" next={next} submit="Sign in" busy="Signing in">
      {(errors) => (
        <>
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
          <Field label="Password" error={errors["password"]}>
            {(control) => <PasswordInput control={control} name="password" />}
          </Field>
        </>
      )}
    </AccessForm>
  );
}
