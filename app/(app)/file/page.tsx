import type { Metadata } from "next";
import { FilePage } from "../../../components/file/file-page.tsx";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "File" };

export default async function Page() {
  await requirePageActor();
  return <FilePage />;
}
