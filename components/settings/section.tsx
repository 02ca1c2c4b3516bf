import type { ReactNode } from "react";

/** A part of a settings page with its own heading. */
export function Section({
  title,
  lead,
  aside,
  children,
}: {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = `settings-${title.toLowerCase().replace(/\W+/g, "-")}`;
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {lead !== undefined && <p className="text-muted mt-0.5 max-w-2xl text-sm">{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Rows in a frame. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="bg-surface divide-y rounded-lg border">
      {children}
    </ul>
  );
}

export function Row({ name, children, aside }: { name: ReactNode; children?: ReactNode; aside?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium break-words">{name}</p>
        <p className="text-muted mt-0.5 text-xs">{children}</p>
      </div>
      {aside !== undefined && <div className="flex flex-wrap items-center gap-2">{aside}</div>}
    </li>
  );
}
