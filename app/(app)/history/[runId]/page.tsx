import type { Metadata } from "next";
import { RunPage } from "../../../../components/history/run-page.tsx";
import { requirePageActor } from "../../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { params: Promise<{ runId: string }> }) {
  await requirePageActor();
  return <RunPage id={(await params).runId} />;
}
