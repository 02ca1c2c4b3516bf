import type { Metadata } from "next";
import { ConflictsPage } from "../../../components/conflicts/conflicts-page.tsx";
import { listConflictsQuery } from "../../../lib/protocol/query.ts";
import { listConflicts } from "../../../server/queries/list-conflicts.ts";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Conflicts · Lockstep" };

export default async function Page() {
  await requirePageActor();
  return <ConflictsPage first={await listConflicts(listConflictsQuery.parse({ limit: "500" }))} />;
}
