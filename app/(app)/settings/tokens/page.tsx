import { TokensPage } from "../../../../components/settings/tokens-page.tsx";
import { requirePageActor } from "../../../../server/web/page-actor.ts";

export default async function Page() {
  await requirePageActor();
  return <TokensPage />;
}
