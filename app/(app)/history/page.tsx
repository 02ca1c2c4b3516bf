import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { HistoryPage } from "../../../components/history/history-page.tsx";
import { historyQuery } from "../../../lib/protocol/query.ts";
import { listRuns } from "../../../server/queries/history.ts";
import { pageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "History" };

export default async function Page() {
  if (!(await pageActor())) redirect("/signin/form");
  return <HistoryPage first={await listRuns(historyQuery.parse({ limit: "50" }))} />;
}
