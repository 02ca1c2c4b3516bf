import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ManualPage } from "../../../../components/help/manual-page.tsx";
import { manualPage } from "../../../../lib/help/manual.ts";
import { readManual } from "../../../../server/queries/read-manual.ts";
import { requirePageActor } from "../../../../server/web/page-actor.ts";
import "./manual.css";

interface Props {
  params: Promise<{ page: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: manualPage((await params).page)?.title ?? "Help" };
}

export default async function Page({ params }: Props) {
  await requirePageActor();
  const page = manualPage((await params).page);
  if (!page) notFound();
  return <ManualPage page={page} html={await readManual(page)} />;
}
