// `npm run bench [-- --quick] [-- --only <part of a name>] [-- --write]`
import { parseArgs } from "node:util";
import { startCluster } from "./cluster.ts";
import { benchSync } from "./sync.ts";
import { growthRow, markdown, rowOf, type Row } from "./table.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string", default: "" }, write: { type: "boolean", default: false }, sizes: { type: "string" } } });
const only = new RegExp(values.only, "i");
const log = (line: string) => process.stderr.write(`${line}\n`);
const sizes = values.sizes?.split(",").map(Number) ?? (values.quick ? [100, 1_000] : [100, 1_000, 10_000, 100_000]);

const cluster = await startCluster();
const rows: Row[] = [];
try {
  const results = await benchSync(cluster, { sizes, only, quick: values.quick, log });
  rows.push(...results.map(rowOf), ...growthRow(results));
} finally {
  await cluster.stop();
}
process.stdout.write(`${markdown(rows)}\n`);
