import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** Says what could not be fetched and why, with a button to try again. */
export function ErrorState({
  title,
  error,
  onRetry,
  children,
}: {
  title: ReactNode;
  error: Error | null;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <CircleAlert className="text-bad-text size-8" strokeWidth={1.5} aria-hidden />
      <p className="text-base font-medium">{title}</p>
      {error && <p className="text-muted max-w-md text-sm">{error.message}</p>}
      {children}
      {onRetry && (
        <Button className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** An error in one line, inside a form or a dialog. */
export function ErrorNote({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="bg-bad-soft text-bad-text rounded-md px-3 py-2 text-sm empty:hidden">
      {error?.message}
    </p>
  );
}
