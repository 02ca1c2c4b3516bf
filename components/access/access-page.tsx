import type { ReactNode } from "react";
import { Logo } from "../shell/logo.tsx";

/** The frame of the pages that are shown before signing in. */
export function AccessPage({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead: ReactNode;
  children?: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <div className="flex max-w-sm flex-col items-center gap-2 text-center">
        <Logo className="size-11" />
        <h1 className="mt-1 text-xl font-semibold tracking-tight">{title}</h1>
        <p className="text-muted text-balance">{lead}</p>
      </div>
      {children !== undefined && (
        <div className="bg-surface w-full max-w-sm rounded-xl border p-6 shadow-sm">{children}</div>
      )}
      {foot !== undefined && (
        <div className="text-muted max-w-sm text-center text-xs text-balance">{foot}</div>
      )}
    </main>
  );
}
