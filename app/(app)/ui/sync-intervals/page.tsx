import type { Metadata } from "next";
import { SourcesPage } from "../../../../components/sources/sources-page.tsx";
import { listSources } from "../../../../server/queries/sources.ts";
import { requirePageActor } from "../../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function Page() {
  await requirePageActor();
  return <SourcesPage first={await listSources()} />;
}
