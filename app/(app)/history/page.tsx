import type { Metadata } from "next";
import { HistoryPage } from "../../../components/history/history-page.tsx";
import { historyQuery } from "../../../lib/protocol/query.ts";
import { listRuns } from "../../../server/queries/history.ts";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "History" };

export default async function Page() {
  await requirePageActor();
  return <HistoryPage first={await listRuns(historyQuery.parse({ limit: "50" }))} />;
}
