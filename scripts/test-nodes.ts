// `npm run test:nodes`: the committed state installed, started and tested on each supported Node. `npm run test:nodes -- 22`
// tries only the versions given. The last line is `N passed, N failed`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { installNode } from "./nodes/install-node.ts";
import { tryProduct } from "./nodes/try-product.ts";
import { runStep, stopSteps } from "./run-step.ts";

/** The oldest that package.json allows, and the newest of each later version with long-term support. */
const VERSIONS = ["20.19.0", "22", "24"];

const work = mkdtempSync(join(tmpdir(), "lockstep-nodes-"));
const clean = () => rmSync(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    stopped = true;
    stopSteps(signal);
  });

/** @returns whether the product can be installed, started, edited on both sides and tested with this version. */
async function works(version: string): Promise<boolean> {
  const node = installNode(version, join(work, `node-${version}`));
  console.log(`\n==== Node ${node.version}`);
  const copy = join(work, `lockstep-${version}`);
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", ".", copy]);
  const env = { ...process.env, PATH: [node.folder, process.env.PATH].join(delimiter) };
  const place = { cwd: copy, env };
  return (
    (await runStep({ name: "npm ci", program: "npm", args: ["ci"], ...place }, false)) &&
    (await tryProduct(copy, env)) &&
    (await runStep(
      { name: "Tests of lib", program: "npx", args: ["vitest", "run", "lib/"], ...place },
      false,
    ))
  );
}

const wanted = process.argv.slice(2);
const results: boolean[] = [];
try {
  for (const version of wanted.length > 0 ? wanted : VERSIONS)
    if (!stopped) results.push(await works(version));
} finally {
  clean();
}
const passed = results.filter(Boolean).length;
console.log(`\n${passed} passed, ${results.length - passed} failed`);
process.exit(!stopped && passed === results.length ? 0 : 1);
