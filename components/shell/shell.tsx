"use client";

import type { ReactNode } from "react";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { StatusJson } from "../../lib/protocol/status.ts";
import { ConflictNotice } from "../conflicts/conflict-notice.tsx";
import { LiveProvider } from "../live/live-provider.tsx";
import { ActorProvider } from "./actor-context.tsx";
import { Late } from "./late.tsx";
import { BottomNavigation, SideNavigation } from "./navigation.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { SyncBar } from "./sync-bar.tsx";
import { Toasts } from "./toasts.tsx";
import { InitialStatusContext } from "./use-status.ts";

/** Navigation, the sync bar and notices around every page; `status` is the status that came with the HTML. */
export function Shell({
  actor,
  status,
  children,
}: {
  actor: Actor;
  status: StatusJson;
  children: ReactNode;
}) {
  return (
    <LiveProvider>
      <ActorProvider actor={actor}>
        <InitialStatusContext value={status}>
          <a
            href="#main"
            className="bg-accent text-on-accent sr-only z-50 rounded-md px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            Skip to the content
          </a>
          <div className="flex h-dvh">
            <SideNavigation />
            <div className="flex min-w-0 flex-1 flex-col">
              <SyncBar />
              <main
                id="main"
                tabIndex={-1}
                className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none"
              >
                {children}
              </main>
              <BottomNavigation />
            </div>
          </div>
          <Shortcuts />
          <ConflictNotice />
          <Late />
          <Toasts />
        </InitialStatusContext>
      </ActorProvider>
    </LiveProvider>
  );
}
