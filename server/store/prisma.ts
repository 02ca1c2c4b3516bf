import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { pool } from "./pool.ts";

const KEY = Symbol.for("lockstep.prisma");
const holder = globalThis as { [KEY]?: { over: pg.Pool; client: PrismaClient } };

/** The read models' client, over the process's one pool; made anew when the pool was. */
export function prisma(): PrismaClient {
  const over = pool();
  if (holder[KEY]?.over !== over) {
    holder[KEY] = { over, client: new PrismaClient({ adapter: new PrismaPg(over) }) };
  }
  return holder[KEY].client;
}
