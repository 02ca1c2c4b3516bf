import { prisma } from "../prisma.ts";

/**
 * Whether the newest table of this version exists and no migration stopped half-way, and the tables of every page can
 * be read: a session that has locked one of them holds up all pages.
 */
export async function canRead(): Promise<boolean> {
  const rows = await prisma().$queryRaw<{ done: boolean }[]>`
    SELECT to_regclass('tasks') IS NOT NULL AND to_regclass('locks') IS NOT NULL
       AND to_regclass('_prisma_migrations') IS NOT NULL AS done`;
  if (rows[0]?.done !== true) return false;
  const unfinished = await prisma().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  if (unfinished[0]?.count !== 0n) return false;
  await prisma()
    .$queryRaw`SELECT (SELECT count(*) FROM (SELECT FROM tasks LIMIT 1) AS one), (SELECT count(*) FROM sources)`;
  return true;
}
