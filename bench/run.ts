// `npm run bench [-- --quick] [-- --only <part of a name>] [-- --sizes 100,1000] [-- --write]`
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { startCluster } from "./cluster.ts";
import { benchEmit } from "./emit.ts";
import { benchLive, benchStall } from "./live.ts";
import { benchManySources } from "./many-sources.ts";
import { benchMemory } from "./memory.ts";
import { OPERATIONS } from "./operations.ts";
import { benchPulls } from "./pulls.ts";
import { benchReads } from "./reads.ts";
import { benchSync } from "./sync.ts";
import { growthRow, markdown, rowOf, type Row } from "./table.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    sizes: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const { quick } = values;
const only = new RegExp(values.only, "i");
const log = (line: string) => void process.stderr.write(`${line}\n`);
const sizes = values.sizes?.split(",").map(Number) ?? (quick ? [100, 1_000] : [100, 1_000, 10_000, 100_000]);
const large = quick ? 10_000 : 100_000;

const cluster = await startCluster();
const rows: Row[] = [];

/** One part of the benchmark, which `--only` may leave out. */
async function part(name: string, work: () => Promise<Row[]>): Promise<void> {
  if (!only.test(name)) return;
  log(name);
  const found = await work();
  for (const row of found) log(`  ${row.operation}: ${row.lockstep}`);
  rows.push(...found);
}

try {
  if (OPERATIONS.some((operation) => only.test(operation.name))) {
    const results = await benchSync(cluster, { sizes, only, quick, log });
    rows.push(...results.map(rowOf), ...growthRow(results));
  }
  await part("memory", () => benchMemory(cluster, large));
  await part("emit", () => benchEmit(cluster, [100, 1_000], quick ? 10 : 30));
  await part("live", () => benchLive(cluster, quick));
  await part("stall", () => benchStall(cluster, 10_000));
  await part("reads", () => benchReads(cluster, quick ? [1_000] : [1_000, 100_000], quick ? 500 : 2_000));
  await part("pulls", () => benchPulls(cluster, quick));
  await part("sources", () => benchManySources(cluster, quick));
} finally {
  await cluster.stop();
}

const table = markdown(rows);
process.stdout.write(`${table}\n`);
if (values.write) await writeFile(new URL("./RESULTS.md", import.meta.url), `${heading()}\n${table}\n`);

function heading(): string {
  const [model = "unknown processor"] = cpus().map((cpu) => cpu.model);
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  return `# Benchmark results

Written by \`npm run bench -- --write\`. Medians; the baseline and the floor (see \`baseline.ts\`,
\`floor.ts\`) ran beside Lockstep, on the same PostgreSQL with fsync on and the same disk.
${availableParallelism()} cores (${model}), Node ${process.version}, load average at the end ${load}.
`;
}
