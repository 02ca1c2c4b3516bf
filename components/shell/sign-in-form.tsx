import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Logo } from "./logo.tsx";

/** A plain form, so that it works before and without any script. */
export function SignInForm({ wrong }: { wrong: boolean }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <div className="flex flex-col items-center gap-2 text-center">
        <Logo className="size-10" />
        <h1 className="text-xl font-semibold">Sign in to Lockstep</h1>
        <p className="text-muted">Your YAML schedule and your database, kept in step.</p>
      </div>
      <form method="post" action="/signin" className="bg-surface flex w-full max-w-sm flex-col gap-4 rounded-xl border p-6 shadow-sm">
        <Field
          label="API token"
          error={wrong ? "This token is not valid." : null}
          hint="The server's terminal shows a link that opens this page signed in."
        >
          {(control) => <Input {...control} name="token" type="password" autoComplete="current-password" required autoFocus className="h-9" />}
        </Field>
        <Button type="submit" look="primary" className="h-9 justify-center">
          Sign in
        </Button>
      </form>
    </main>
  );
}
