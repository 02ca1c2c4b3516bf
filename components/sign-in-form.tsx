import { Button } from "./button.tsx";

/** A plain form, so that it works before and without any script. */
export function SignInForm({ wrong }: { wrong: boolean }) {
  return (
    <main className="mx-auto mt-24 max-w-sm rounded-lg border border-neutral-200 bg-white p-6 dark:border-neutral-800 dark:bg-neutral-900">
      <h1 className="text-xl font-semibold">Lockstep</h1>
      <form method="post" action="/signin" className="mt-4 flex flex-col gap-3">
        <label htmlFor="token" className="text-sm font-medium">
          API token
        </label>
        <input
          id="token"
          name="token"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={wrong}
          aria-describedby="token-help"
          className="rounded border border-neutral-300 bg-transparent px-3 py-2 dark:border-neutral-700"
        />
        {wrong && (
          <p role="alert" className="text-sm text-red-700 dark:text-red-400">
            This token is not valid.
          </p>
        )}
        <p id="token-help" className="text-sm text-neutral-600 dark:text-neutral-400">
          The server&apos;s terminal shows a link that opens this page signed in.
        </p>
        <Button type="submit" look="primary">
          Sign in
        </Button>
      </form>
    </main>
  );
}
