import type { Metadata } from "next";
import { SchedulePage } from "../../../components/schedule/schedule-page.tsx";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Schedule" };

export default async function Page() {
  await requirePageActor();
  return <SchedulePage />;
}
