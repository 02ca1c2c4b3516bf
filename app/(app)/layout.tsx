import type { ReactNode } from "react";
import { Shell } from "../../components/shell/shell.tsx";
import { getStatus } from "../../server/queries/status.ts";
import { requirePageActor } from "../../server/web/page-actor.ts";

/** The frame of every page that needs a signed-in person. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const actor = await requirePageActor();
  return (
    <Shell actor={actor} status={await getStatus(undefined)}>
      {children}
    </Shell>
  );
}
