"use client";

import { ErrorState } from "../components/ui/error-state.tsx";

/** Shown when the server could not read what the page needs. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto mt-16 max-w-lg">
      <h1 className="sr-only">Lockstep</h1>
      <ErrorState title="This page could not be loaded" error={null} onRetry={reset}>
        <p className="text-muted text-sm">
          The database does not answer, or something went wrong; the server&apos;s log has the details.
        </p>
      </ErrorState>
    </main>
  );
}
