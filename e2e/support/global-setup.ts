import { startTestServer } from "../../server/testing/test-server.ts";

/** One PostgreSQL for the whole run. Servers get a database of their own on it (see database.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  // Playwright hands the environment of this process on to its workers.
  process.env["E2E_POSTGRES_URL"] = server.url;
  process.env["E2E_TEMPLATE_DATABASE"] = server.templateDatabase;
  return () => server.stop();
}
