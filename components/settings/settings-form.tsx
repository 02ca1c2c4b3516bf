"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { ApiError } from "../live/api.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-state.tsx";

export type FieldErrors = Partial<Record<string, string>>;

interface Props {
  submit: string;
  /** Handles the fields by name. The form is emptied when the promise resolves. */
  onSubmit(fields: Record<string, string>): Promise<unknown>;
  /** True when the typed values stay after the form was sent. */
  keep?: boolean;
  inline?: boolean;
  children(errors: FieldErrors): ReactNode;
}

/**
 * A few fields that are sent together. An error is shown at its field, or above the form when it concerns
 * all.
 */
export function SettingsForm({ submit, onSubmit, keep = false, inline = false, children }: Props) {
  const [error, setError] = useState<Error | null>(null);
  const [sending, setSending] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]),
    );
    setSending(true);
    setError(null);
    try {
      await onSubmit(fields);
      if (!keep) form.reset();
    } catch (refused) {
      setError(refused instanceof Error ? refused : new Error("Something went wrong; try again."));
    } finally {
      setSending(false);
    }
  };
  const problems = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const named: FieldErrors = Object.fromEntries(
    problems.map(({ field, message }) => [field, `${message.charAt(0).toUpperCase()}${message.slice(1)}.`]),
  );
  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      {error !== null && problems.length === 0 && <ErrorNote error={error} />}
      <div className={inline ? "flex flex-wrap items-start gap-3" : "flex max-w-sm flex-col gap-3"}>
        {children(named)}
        <Button type="submit" look="primary" disabled={sending} className={inline ? "mt-5" : "self-start"}>
          {sending ? "Working…" : submit}
        </Button>
      </div>
    </form>
  );
}
