import type { Metadata } from "next";
import { HelpPage } from "../../../components/help/help-page.tsx";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Help" };

export default async function Page() {
  await requirePageActor();
  return <HelpPage />;
}
