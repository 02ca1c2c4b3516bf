// A user with SQL. Usage: row-writer.ts <database url> <edits>, the edits as for file-writer.ts.
import pg from "pg";

const [url = "", edits = "[]"] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url });
await client.connect();
for (const { task, key, value } of JSON.parse(edits) as { task: number; key: string; value: number }[]) {
  await client.query(
    `INSERT INTO tasks (id, skill_name, schedule_cron, params) VALUES ($1, 'made-in-sql', '0 2 * * *', jsonb_build_object($2::text, $3::int))
     ON CONFLICT (source, id) DO UPDATE SET params = tasks.params || excluded.params`,
    [String(task), key, value],
  );
}
await client.end();
