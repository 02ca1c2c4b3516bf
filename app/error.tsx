"use client";

import { Button } from "../components/button.tsx";

/** The server is there, but what the page shows could not be read. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto max-w-md p-8">
      <h1 className="text-xl font-semibold">This page cannot be shown just now</h1>
      <p className="my-4">The database does not answer, or something went wrong; the server&apos;s log tells more.</p>
      <Button onClick={reset}>Try again</Button>
    </main>
  );
}
