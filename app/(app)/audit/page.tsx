import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuditPage } from "../../../components/audit/audit-page.tsx";
import { auditQuery } from "../../../lib/protocol/audit-query.ts";
import { listAudit } from "../../../server/queries/audit.ts";
import { pageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function Page() {
  const actor = await pageActor();
  if (!actor) redirect("/signin/form");
  return <AuditPage first={await listAudit(auditQuery.parse({ limit: "60" }), actor)} />;
}
