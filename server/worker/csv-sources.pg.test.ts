import { utimesSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listObjectsQuery } from "../../lib/protocol/object.ts";
import { forceSync } from "../commands/force-sync.ts";
import { testSource } from "../commands/test-source.ts";
import { listObjects, listObjectTypes } from "../queries/objects.ts";
import { metricsText } from "../queries/metrics.ts";
import { getSource } from "../queries/sources.ts";
import { ADA } from "../testing/commands.ts";
import { type ManySources, startManySources } from "../testing/many-sources.ts";

const SOURCES = `sources:
  - {kind: csv, id: makers, file: makers.csv}
  - {kind: csv, id: parts, file: parts.csv, parent: {resource: makers, field: maker}}
`;

let many: ManySources;
beforeEach(async () => {
  many = await startManySources(SOURCES, {});
  await write("makers.csv", "id,name\nm1,One\n");
  await write("parts.csv", "id,maker,price\np1,m1,1\np2,m1,2\np3,m1,3\n");
  await many.start();
  await many.settled();
  await many.sql("UPDATE sources SET next_sync_at = now() + interval '4 minutes'");
});
afterEach(() => many.stop());

/** A file that is at rest at once. */
async function write(file: string, text: string): Promise<void> {
  await many.write(file, text);
  utimesSync(many.at(file), new Date(0), new Date(0));
}
const pull = async () =>
  (await forceSync({ source: "parts" }, { actor: ADA, trigger: "manual", wait: true })).run;
const keys = async () =>
  (await listObjects(listObjectsQuery.parse({ source: "parts" }))).objects.map(({ external_id: key }) => key);

it("CSV files become objects that hang from one another, and follow what changes in the files", async () => {
  const { types } = await listObjectTypes();
  expect(types).toMatchObject([
    { source: "makers", objects: 1, freshness: "fresh" },
    { source: "parts", parent_source: "makers", objects: 3 },
  ]);
  const [maker] = (await listObjects(listObjectsQuery.parse({ parent: "none" }))).objects;
  expect(maker).toMatchObject({ external_id: "m1", children: 3, data: { id: "m1", name: "One" } });
  expect(await getSource("parts")).toMatchObject({
    kind: "csv",
    path: many.at("parts.csv"),
    sync_status: "synced",
  });

  await write("parts.csv", "id,maker,price\np1,m1,1\np2,m1,20\np4,m1,4\n");
  expect(await pull()).toMatchObject({
    outcome: "succeeded",
    counts: { created: 1, updated: 1, deleted: 1 },
  });
  expect(await keys()).toEqual(["p1", "p2", "p4"]);
});

it("the metrics tell the objects, and whether the last pull proves anything", async () => {
  const lines = async () => (await metricsText()).split("\n");
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'lockstep_objects{source="parts"} 3',
      'lockstep_last_pull_items{source="parts"} 3',
      'lockstep_last_pull_problems{source="parts"} 0',
      'lockstep_last_pull_state{source="parts",state="complete"} 1',
    ]),
  );
  await write("parts.csv", "id,maker,price\np1,m1,10\np2\n");
  await pull();
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'lockstep_objects{source="parts"} 3',
      // The row that cannot be read, and that the pull proves nothing.
      'lockstep_last_pull_problems{source="parts"} 2',
      'lockstep_last_pull_state{source="parts",state="complete"} 0',
      'lockstep_last_pull_state{source="parts",state="incomplete"} 1',
    ]),
  );
});

it("nothing is deleted where a row cannot be read, and an empty file waits for an admin", async () => {
  await write("parts.csv", "id,maker,price\np1,m1,10\np2\n");
  expect(await pull()).toMatchObject({ outcome: "failed", counts: { updated: 1, deleted: 0 } });
  await write("parts.csv", "");
  expect(await pull()).toMatchObject({ outcome: "halted" });
  expect(await keys()).toEqual(["p1", "p2", "p3"]);
});

it("a CSV source is tried out before anything is stored", async () => {
  const sample = await testSource({ source: "parts", resource: { primary_key: "price" } }, { actor: ADA });
  expect(sample).toMatchObject({ found: 3, rows: [{ key: "1", parent: "m1" }, { key: "2" }, { key: "3" }] });
});
