// Generates the Prisma client into server/store/generated. It runs after `npm ci` and before every program
// that imports the client, so it is plain JavaScript and only computes a hash when the client is up to date.
// It calls the generator directly, because the `prisma` command line first downloads a native schema engine,
// which generating does not need and which fails without internet access.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schema = join(root, "prisma", "schema.prisma");
const stampFile = join(root, "server", "store", "generated", ".stamp");

/** The stamp of everything that the generated client depends on: the schema and the generator's version. */
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
  // The stamp is removed first and written last, so that an interrupted run does not count as finished.
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
