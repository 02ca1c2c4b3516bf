import { prisma } from "../prisma.ts";

/** Whether the newest table of this version exists and no migration stopped half-way. */
export async function isMigrated(): Promise<boolean> {
  const rows = await prisma().$queryRaw<{ done: boolean }[]>`
    SELECT to_regclass('tasks') IS NOT NULL AND to_regclass('audit_carried') IS NOT NULL
       AND to_regclass('_prisma_migrations') IS NOT NULL AS done`;
  if (rows[0]?.done !== true) return false;
  const unfinished = await prisma().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  return unfinished[0]?.count === 0n;
}
