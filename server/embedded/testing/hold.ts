// A separate process that owns a data folder until it is killed: `node --import tsx hold.ts <dataDir>`. It
// prints the address.
import { startEmbeddedPostgres } from "../embedded-postgres.ts";

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error("usage: hold.ts <dataDir>");
const postgres = await startEmbeddedPostgres({ dataDir });
process.once("SIGTERM", () => void postgres.stop().then(() => process.exit(0)));
process.stdout.write(`${postgres.url}\n`);
// The test run that started this process has ended.
process.stdin.resume().once("end", () => process.exit(0));
