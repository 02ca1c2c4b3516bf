// For the Prisma command line. `npx prisma studio` opens DATABASE_URL, or the embedded PostgreSQL of `npm start`.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// These commands need no schema engine, but Prisma would first download it, which fails without internet access. Where a
// program is named, it downloads none, and does not run this one either.
if (/^(?:format|generate|validate)$/.test(process.argv[2] ?? "")) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;
}

const embedded = join(process.env["DATA_DIR"] ?? "data", "postgres", "url");
const url =
  process.env["DATABASE_URL"] ?? (existsSync(embedded) ? readFileSync(embedded, "utf8").trim() : undefined);

export default { schema: "prisma/schema.prisma", datasource: { url } };
