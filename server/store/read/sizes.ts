import { prisma } from "../prisma.ts";

export interface SourceSize {
  tasks: number;
  /** Objects that are not deleted. */
  objects: number;
}

/** How much each source holds. It counts all rows, so only what shows the numbers asks for it. */
export async function sizesOfSources(): Promise<Map<string, SourceSize>> {
  const rows = await prisma().$queryRaw<(SourceSize & { source: string })[]>`
    SELECT s.id AS source, coalesce(t.count, 0)::int AS tasks, coalesce(o.count, 0)::int AS objects
      FROM sources s
      LEFT JOIN (SELECT source, count(*) FROM tasks GROUP BY source) t ON t.source = s.id
      LEFT JOIN (SELECT source, count(*) FROM stored_objects WHERE deleted_at IS NULL GROUP BY source) o
             ON o.source = s.id`;
  return new Map(rows.map(({ source, ...size }) => [source, size]));
}
