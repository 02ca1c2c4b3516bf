import { type ReactNode, useId } from "react";

/** A part of the page under a heading. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const heading = useId();
  return (
    <section
      aria-labelledby={heading}
      className="rounded-lg border border-neutral-200 bg-white p-4 dark:border-neutral-800 dark:bg-neutral-900"
    >
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 id={heading} className="text-lg font-semibold">
          {title}
        </h2>
        <div className="ml-auto flex items-center gap-3">{aside}</div>
      </div>
      {children}
    </section>
  );
}

export function ErrorText({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="text-sm text-red-700 empty:hidden dark:text-red-400">
      {error?.message}
    </p>
  );
}
