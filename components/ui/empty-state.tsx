import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Says why there is nothing to show and what a person can do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      {Icon && <Icon className="text-muted size-8" strokeWidth={1.5} aria-hidden />}
      <p className="text-base font-medium">{title}</p>
      {children !== undefined && <div className="text-muted max-w-md text-sm">{children}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
