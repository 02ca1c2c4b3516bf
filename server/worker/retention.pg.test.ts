import { afterEach, beforeEach, expect, it } from "vitest";
import { KEPT_DELETIONS } from "../store/carried-deletions.ts";
import { KEPT_REVISIONS } from "../store/file-revisions.ts";
import { applyRetention } from "../store/retention.ts";
import { withoutGuard } from "../testing/history-guard.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

it("retention deletes what is old and never what is still needed", async () => {
  await source.edit("description: Check", "description: By hand");
  await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '2'");
  await source.run();
  await source.sql("UPDATE tasks SET description = 'Unseen' WHERE id = '3'");
  const long = "now() - interval '100 days'";
  await withoutGuard(
    source.pool,
    `UPDATE runs SET started_at = ${long}`,
    `UPDATE audit_entries SET at = ${long}`,
  );
  await source.sql(`UPDATE sync_requests SET answered_at = ${long}`);
  await source.sql(`UPDATE conflicts SET detected_at = ${long}`);
  await source.sql(`UPDATE task_edits SET at = ${long}`);
  const before = await source.everything();
  expect(await applyRetention(source.pool, 90)).toMatchObject({
    runs: 1,
    conflicts: 0,
    audit_entries: 4,
    sync_requests: 2,
    task_edits: 0,
  });
  expect(await source.everything()).toEqual(before);
  expect(await source.runs()).toHaveLength(1);
});

it("retention keeps so many revisions of the file and carried deletions, the newest", async () => {
  await source.sql(
    `INSERT INTO file_revisions (source, revision, position, written, seen_at)
     SELECT 'default', w || ' ' || n, n, w, now() - make_interval(secs => n)
       FROM generate_series(1, ${KEPT_REVISIONS} + 5) n, (VALUES (true), (false)) AS kind (w)`,
  );
  await source.sql(
    `INSERT INTO carried_deletions SELECT 'default', n::text, n, '{}' FROM generate_series(1, ${KEPT_DELETIONS} + 5) n`,
  );
  // The file's present revision is one of those that no run has written.
  expect(await applyRetention(source.pool, 90)).toMatchObject({ file_revisions: 11, carried_deletions: 5 });
  expect(await source.sql("SELECT min(position)::int AS oldest FROM carried_deletions")).toEqual([
    { oldest: 6 },
  ]);
  expect(await source.sql("SELECT max(position)::int AS oldest FROM file_revisions WHERE written")).toEqual([
    { oldest: KEPT_REVISIONS },
  ]);
});

it("retention deletes sessions, links and counted attempts that are over, and no others", async () => {
  await source.sql("INSERT INTO access_users (id, name, email) VALUES ('u', 'Ada', 'ada@example.com')");
  await source.sql(
    "INSERT INTO access_sessions (id, token, user_id, expires_at) VALUES ('over', 'a', 'u', now()), " +
      "('open', 'b', 'u', now() + interval '1 hour')",
  );
  await source.sql(
    `INSERT INTO access_links (kind, token_hash, created_by, expires_at, used_at) VALUES ('reset',
      'expired', 'x', now() - interval '2 days', NULL),
      ('invitation', 'used', 'x', now() + interval '1 day', now() - interval '2 days'), ('invitation',
        'open', 'x', now() + interval '1 day', NULL)`,
  );
  await source.sql(
    "INSERT INTO access_throttle VALUES ('over', 1, 1), ('counting', 1, extract(epoch FROM now()) * " +
      "1000 + 60000), ('for ever', 1, NULL)",
  );
  expect(await applyRetention(source.pool, 90)).toMatchObject({
    access_sessions: 1,
    access_links: 2,
    access_throttle: 1,
  });
  expect(await source.sql("SELECT token_hash FROM access_links")).toMatchObject([{ token_hash: "open" }]);
});
