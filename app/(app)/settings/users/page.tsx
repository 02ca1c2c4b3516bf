import { UsersPage } from "../../../../components/settings/users-page.tsx";
import { requirePageActor } from "../../../../server/web/page-actor.ts";

export default async function Page() {
  await requirePageActor();
  return <UsersPage />;
}
