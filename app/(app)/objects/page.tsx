import type { Metadata } from "next";
import { ObjectsPage } from "../../../components/objects/objects-page.tsx";
import { listObjectsQuery } from "../../../lib/protocol/object.ts";
import { listObjects, listObjectTypes } from "../../../server/queries/objects.ts";
import { requirePageActor } from "../../../server/web/page-actor.ts";

export const metadata: Metadata = { title: "Objects" };

export default async function Page() {
  await requirePageActor();
  const [first, firstTypes] = await Promise.all([
    listObjects(listObjectsQuery.parse({ parent: "none", limit: "200" })),
    listObjectTypes(),
  ]);
  return <ObjectsPage first={first} firstTypes={firstTypes} />;
}
