import type { Metadata } from "next";
import { FilePage } from "../../../components/file/file-page.tsx";
import { fileTitle } from "../../../lib/source/side-names.ts";
import { getStatus } from "../../../server/queries/status.ts";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  await requirePageActor();
  return { title: fileTitle((await getStatus(undefined)).sources ?? []) };
}

export default async function Page() {
  await requirePageActor();
  return <FilePage />;
}
