import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FilePage } from "../../../components/file/file-page.tsx";
import { pageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "File" };

export default async function Page() {
  if (!(await pageActor())) redirect("/signin/form");
  return <FilePage />;
}
