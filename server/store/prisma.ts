import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import { pool } from "./pool.ts";

const KEY = Symbol.for("lockstep.prisma");
const holder = globalThis as { [KEY]?: { over: pg.Pool; client: PrismaClient } };

/** Prisma's client for the read models, on the process's pool. It is created again when the pool is. */
export function prisma(): PrismaClient {
  const over = pool();
  if (holder[KEY]?.over !== over) {
    holder[KEY] = { over, client: new PrismaClient({ adapter: new PrismaPg(over) }) };
  }
  return holder[KEY].client;
}
