import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RunPage } from "../../../../components/history/run-page.tsx";
import { pageActor } from "../../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { params: Promise<{ runId: string }> }) {
  if (!(await pageActor())) redirect("/signin/form");
  return <RunPage id={(await params).runId} />;
}
