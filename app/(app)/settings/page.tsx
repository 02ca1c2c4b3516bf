import { ProfilePage } from "../../../components/settings/profile-page.tsx";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export default async function Page() {
  await requirePageActor();
  return <ProfilePage />;
}
