import { startTestServer } from "../../server/testing/test-server.ts";

/** Starts one PostgreSQL for the whole run. Each server gets its own database on it (see database.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  // Playwright passes the environment of this process on to its workers.
  process.env["E2E_POSTGRES_URL"] = server.url;
  process.env["E2E_TEMPLATE_DATABASE"] = server.templateDatabase;
  return () => server.stop();
}
