import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SchedulePage } from "../../../components/schedule/schedule-page.tsx";
import { pageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Schedule" };

export default async function Page() {
  if (!(await pageActor())) redirect("/signin/form");
  return <SchedulePage />;
}
