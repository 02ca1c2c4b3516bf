import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { Sizes } from "../../../../examples/upstream/world.ts";
import { type RunningUpstream, startUpstream } from "../../../endpoints/over-http/testing/upstream.ts";
import { startTestCollections, type TestCollections } from "../../../testing/test-collections.ts";

export const PROJECTS =
  "- {id: projects, path: /page/projects, data_selector: $.data, item_path: '/projects/{id}', paginator: {type: page_number, size_param: per_page, size: 5, total_path: $.total}}";
export const OFFSET =
  "- {id: projects, path: /offset/projects, data_selector: $.data, paginator: {type: offset, limit: 5}}";
export const PHASES =
  "- {id: phases, path: '/projects/{projects.id}/phases', data_selector: $.items, paginator: {type: cursor, cursor_path: $.next_cursor, size_param: limit, size: 1}}";

/** For the tests of a file: the example upstream, and for each test an empty database with sources to define. */
export function usePulls(sizes: Sizes = {}) {
  const used = {} as { upstream: RunningUpstream; sources: TestCollections };
  beforeAll(async () => {
    used.upstream = await startUpstream();
  });
  afterAll(() => used.upstream.stop());
  beforeEach(async () => {
    await used.upstream.control({ reset: sizes });
    used.sources = await startTestCollections(used.upstream.url);
  });
  afterEach(() => used.sources.stop());
  return {
    get upstream() {
      return used.upstream;
    },
    get sources() {
      return used.sources;
    },
    /** Keys in the other system, as the database has them in order. */
    idsOf: async (type: string) =>
      ((await used.upstream.control()).world[type] ?? []).map(({ id }) => id).sort(),
    changes: (source: string) =>
      used.sources.sql<{ external_id: string; action: string; before: unknown; after: unknown }>(
        "SELECT external_id, action, before, after FROM object_changes WHERE source = $1 ORDER BY id",
        [source],
      ),
  };
}
