// The floor of reads over HTTP: Node's `http` and one indexed query with `pg`, which writes JSON like Lockstep's. It has no
// sign-in, checks, standing of a task, or page of a list.
import { createServer } from "node:http";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const FIELDS =
  "id, skill_name, schedule_cron, next_run_at, timezone, status, description, params, updated_at, source";
const LIST = `SELECT ${FIELDS} FROM tasks WHERE source = 'default' ORDER BY id LIMIT 50`;
const ONE = `SELECT ${FIELDS} FROM tasks WHERE source = 'default' AND id = $1`;
const STATUS = "SELECT * FROM sources WHERE id = 'default'";

const server = createServer((request, response) => {
  const id = /^\/api\/tasks\/(\w+)$/.exec(request.url ?? "")?.[1];
  const answer =
    id !== undefined ? pool.query(ONE, [id]) : pool.query(request.url?.includes("limit") ? LIST : STATUS);
  answer.then(
    ({ rows }) => {
      const body = JSON.stringify(id === undefined ? { tasks: rows } : { task: rows[0] });
      response
        .writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) })
        .end(body);
    },
    (error) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit(0));
