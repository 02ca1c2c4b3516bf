"use client";

import clsx from "clsx";
import { Lock } from "lucide-react";
import { Link } from "../ui/link.tsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMay } from "../shell/actor-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";

const SECTIONS = [
  { href: "/settings", name: "Profile", admin: false },
  { href: "/settings/users", name: "Users", admin: true },
  { href: "/settings/invitations", name: "Invitations", admin: true },
  { href: "/settings/tokens", name: "API tokens", admin: true },
];

/** The sections of the settings; sections for admins are hidden from everyone else. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const { may } = useMay("admin");
  const here = SECTIONS.find(({ href }) => href === pathname);
  return (
    <div className="pb-10">
      <PageHeader title="Settings" />
      <nav aria-label="Settings" className="flex gap-5 overflow-x-auto border-b px-4 sm:px-6">
        {SECTIONS.filter(({ admin }) => may || !admin).map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={href === pathname ? "page" : undefined}
            className={clsx(
              "-mb-px border-b-2 px-0.5 pt-1 pb-2 font-medium whitespace-nowrap focus-visible:outline-offset-0",
              href === pathname ? "border-accent text-text" : "text-muted hover:text-text border-transparent",
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="flex max-w-5xl flex-col gap-8 px-4 pt-5 sm:px-6">
        {here?.admin === true && !may ? <AdminsOnly what={here.name} /> : children}
      </div>
    </div>
  );
}

function AdminsOnly({ what }: { what: string }) {
  const { why } = useMay("admin");
  return (
    <EmptyState icon={Lock} title={`${what} are for admins`}>
      {why}
    </EmptyState>
  );
}
