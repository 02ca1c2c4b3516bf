import { InvitationsPage } from "../../../../components/settings/invitations-page.tsx";
import { requirePageActor } from "../../../../server/web/page-actor.ts";

export default async function Page() {
  await requirePageActor();
  return <InvitationsPage />;
}
