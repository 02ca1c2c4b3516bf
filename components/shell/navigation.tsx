"use client";

import clsx from "clsx";
import { Link } from "../ui/link.tsx";
import { usePathname } from "next/navigation";
import { AccountMenu } from "./account-menu.tsx";
import { Logo } from "./logo.tsx";
import { isAt, type Place } from "./places.ts";
import { usePlaces } from "./use-places.ts";
import { useStatus } from "./use-status.ts";

export function SideNavigation() {
  return (
    <aside aria-label="Lockstep" className="bg-surface hidden w-52 shrink-0 flex-col border-r md:flex">
      <Link href="/" className="flex h-12 items-center gap-2 px-4 text-[15px] font-semibold">
        <Logo className="size-6" />
        Lockstep
      </Link>
      <nav aria-label="Main" className="flex flex-col gap-0.5 p-2">
        {usePlaces().map((place) => (
          <SideLink key={place.href} place={place} />
        ))}
      </nav>
      <div className="mt-auto border-t p-2">
        <AccountMenu />
      </div>
    </aside>
  );
}

function SideLink({ place: { href, name, icon: Icon } }: { place: Place }) {
  const here = isAt(href, usePathname());
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={clsx(
        "flex h-8 items-center gap-2.5 rounded-md px-2 font-medium transition-colors",
        here ? "bg-hover text-text" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      <Icon className="size-4" aria-hidden />
      {name}
      <PlaceBadge href={href} />
    </Link>
  );
}

/** The navigation along the lower edge of a phone. */
export function BottomNavigation() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="bg-surface flex shrink-0 border-t pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {usePlaces()
        .filter((place) => place.aside !== true)
        .map(({ href, name, icon: Icon }) => {
          const here = isAt(href, pathname);
          return (
            <Link
              key={href}
              href={href}
              aria-current={here ? "page" : undefined}
              className={clsx(
                "relative flex min-w-0 flex-1 flex-col items-center gap-0.5 py-2 text-[11px] font-medium focus-visible:-outline-offset-2",
                here ? "text-accent-text" : "text-muted",
              )}
            >
              <Icon className="size-5" aria-hidden />
              {name}
              <PlaceBadge href={href} floating />
            </Link>
          );
        })}
    </nav>
  );
}

/** The number of open conflicts, problems in the file or stale sources, beside the link to them. */
function PlaceBadge({ href, floating = false }: { href: string; floating?: boolean }) {
  const { data } = useStatus();
  const conflicts = href === "/conflicts";
  const stale = href === "/ui/sync-intervals";
  const count = conflicts
    ? data.conflicts
    : href === "/file"
      ? data.problems.length
      : stale
        ? (data.sources ?? []).filter((source) => source.stale).length
        : 0;
  if (count === 0) return null;
  return (
    <span
      className={clsx(
        "flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 text-[11px] font-semibold tabular-nums",
        conflicts || stale ? "bg-warn-soft text-warn-text" : "bg-bad-soft text-bad-text",
        floating ? "absolute top-0.5 left-1/2 ml-1.5" : "ml-auto",
      )}
    >
      {count}
      <span className="sr-only">
        {" "}
        {conflicts ? "open" : stale ? "stale" : count === 1 ? "problem" : "problems"}
      </span>
    </span>
  );
}
