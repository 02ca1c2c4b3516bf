"use client";

import { LoaderCircle } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { BodyInput } from "../../lib/protocol/route-types.ts";
import { ApiError, call } from "../live/api.ts";
import { useHydrated } from "../tasks/use-hydrated.ts";
import { Button } from "../ui/button.tsx";

/** Errors of single fields, by their names in the request. */
export type FieldErrors = Partial<Record<string, string>>;

type SignsIn =
  | "POST /api/auth/sign-in"
  | "POST /api/auth/setup"
  | "POST /api/auth/accept-invite"
  | "POST /api/auth/reset";

/** A form that sends its fields to a route that signs the person in, and then opens a page. */
export function AccessForm({
  route,
  also,
  next,
  submit,
  busy,
  children,
}: {
  route: SignsIn;
  /** Values that are sent with the fields. */
  also?: Record<string, string>;
  next: string;
  submit: string;
  busy: string;
  children(errors: FieldErrors): ReactNode;
}) {
  const [error, setError] = useState<ApiError | null>(null);
  const [sending, setSending] = useState(false);
  // Before the page's script runs, the browser would submit the form as a page.
  const ready = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  // The focus moves to the field that is wrong, or to the message when no field is named.
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [error]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = [...new FormData(event.currentTarget)].filter(([, value]) => value !== "");
    setSending(true);
    setError(null);
    try {
      await call(route, { body: { ...also, ...Object.fromEntries(fields) } as BodyInput<SignsIn> });
      // A full page load, so that nothing that was cached before signing in stays.
      window.location.assign(next);
    } catch (refused) {
      setError(
        refused instanceof ApiError
          ? refused
          : new ApiError("unexpected", 0, "Something went wrong; try again."),
      );
      setSending(false);
    }
  };

  const named: FieldErrors = Object.fromEntries(
    (error?.problem?.errors ?? []).map(({ field, message }) => [field, said(message)]),
  );
  const general = error !== null && Object.keys(named).length === 0;
  return (
    <form ref={form} method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      {general && (
        <p tabIndex={-1} role="alert" className="bg-bad-soft text-bad-text rounded-md px-3 py-2 text-sm">
          {error.message}
        </p>
      )}
      {children(named)}
      <Button type="submit" look="primary" disabled={sending || !ready} className="h-9 justify-center">
        {sending && <LoaderCircle className="animate-spin" aria-hidden />}
        {sending ? busy : submit}
      </Button>
    </form>
  );
}

function said(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
