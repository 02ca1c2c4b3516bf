import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SourcesPage } from "../../../../components/sources/sources-page.tsx";
import { listSources } from "../../../../server/queries/sources.ts";
import { pageActor } from "../../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Sources · Lockstep" };

export default async function Page() {
  if (!(await pageActor())) redirect("/signin/form");
  return <SourcesPage first={await listSources()} />;
}
