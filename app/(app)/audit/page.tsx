import type { Metadata } from "next";
import { AuditPage } from "../../../components/audit/audit-page.tsx";
import { auditQuery } from "../../../lib/protocol/audit-query.ts";
import { listAudit } from "../../../server/queries/audit.ts";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function Page() {
  const actor = await requirePageActor();
  return <AuditPage first={await listAudit(auditQuery.parse({ limit: "60", collapse: "true" }), actor)} />;
}
