// Generates the Prisma client into server/store/generated. Runs after `npm ci` and before everything that imports the
// client, so it is plain JavaScript and a no-op (one hash) when the client is up to date.
//
// It calls the generator itself instead of the `prisma` command line: that one downloads a native schema engine first,
// which generating never runs and which fails without open internet.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schema = join(root, "prisma", "schema.prisma");
const stampFile = join(root, "server", "store", "generated", ".stamp");

/** What the generated client depends on: the schema and the generator's version. */
function wantedStamp() {
  const manifest = join(dirname(require.resolve("@prisma/client-generator-ts")), "..", "package.json");
  const version = JSON.parse(readFileSync(manifest, "utf8")).version;
  return createHash("sha256").update(`${version}\n`).update(readFileSync(schema)).digest("hex");
}

function currentStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : undefined;
}

async function generateClient() {
  const stamp = wantedStamp();
  if (currentStamp() === stamp) return;

  const { getGenerators, loadSchemaContext } = require("@prisma/internals");
  const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");
  const schemaContext = await loadSchemaContext({
    schemaPath: { cliProvidedPath: schema },
    cwd: root,
    printLoadMessage: false,
  });
  const generators = await getGenerators({
    schemaContext,
    registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
  });
  // The stamp goes first and comes back last: an interrupted run is never taken for a finished one.
  rmSync(stampFile, { force: true });
  for (const generator of generators) {
    await generator.generate();
    generator.stop();
  }
  writeFileSync(`${stampFile}.new`, `${stamp}\n`);
  renameSync(`${stampFile}.new`, stampFile);
}

if (existsSync(schema)) {
  try {
    await generateClient();
  } catch (error) {
    console.error(`Could not generate the Prisma client from prisma/schema.prisma: ${error.message}`);
    process.exit(1);
  }
}
