import type { ReactNode } from "react";

/** The heading of a page, with its buttons. */
export function PageHeader({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-4 pb-3 sm:px-6">
      <h1 className="text-lg font-semibold">{title}</h1>
      {children}
      {aside !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{aside}</div>}
    </div>
  );
}
