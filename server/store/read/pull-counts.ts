import type { PullState } from "../../../lib/protocol/pull.ts";
import { prisma } from "../prisma.ts";

export interface PullCountsBySource {
  source: string;
  /** Objects that are not deleted. */
  objects: number;
  /** Seconds since a pull proved all of the source to be as it is stored; null: none has yet. */
  checked_age: number | null;
  /** The last pull that ended; null: none has yet. */
  last: { state: PullState; pages: number; items: number; problems: number; seconds: number } | null;
}

/** One row for each source that is pulled, for the metrics. Ages are by the database's clock. */
export async function pullCountsBySource(): Promise<PullCountsBySource[]> {
  return prisma().$queryRaw<PullCountsBySource[]>`
    SELECT s.id AS source, coalesce(n.objects, 0)::int AS objects,
           extract(epoch FROM clock_timestamp() - o.checked_at)::float8 AS checked_age,
           CASE WHEN p.state IS NOT NULL THEN jsonb_build_object('state', p.state, 'pages', p.pages, 'items', p.items,
             'problems', jsonb_array_length(p.problems),
             'seconds', extract(epoch FROM p.finished_at - p.started_at)) END AS last
      FROM sources s
      LEFT JOIN object_sources o ON o.source = s.id
      LEFT JOIN (SELECT source, count(*) AS objects FROM stored_objects WHERE deleted_at IS NULL GROUP BY source) n
             ON n.source = s.id
      LEFT JOIN LATERAL (SELECT * FROM pulls p WHERE p.source = s.id AND p.finished_at IS NOT NULL
                          ORDER BY seq DESC LIMIT 1) p ON true
     WHERE s.object_type IS NOT NULL ORDER BY s.id`;
}
