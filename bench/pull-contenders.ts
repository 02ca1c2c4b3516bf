import { once } from "node:events";
import { Agent, get } from "node:http";
import { text } from "node:stream/consumers";
import { PrismaPg } from "@prisma/adapter-pg";
import PQueue from "p-queue";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type Prisma, PrismaClient } from "../server/store/generated/client.ts";

type Item = Prisma.InputJsonObject & { id: number; updated_at: string };

const SIZE = 100;

/** The addresses that a pull of so many objects asks for. */
export function pageAddresses(origin: string, objects: number): string[] {
  const pages = Math.ceil(objects / SIZE);
  return Array.from({ length: pages }, (_, page) => `${origin}/objects?page=${page + 1}`);
}

/**
 * The least that a pull can cost: the same requests, and the items by COPY into a table without any index. Nothing is
 * compared, proven or remembered.
 * @returns milliseconds.
 */
export async function copyPull(
  databaseUrl: string,
  addresses: readonly string[],
  concurrency: number,
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("DROP TABLE IF EXISTS copied; CREATE TABLE copied (external_id text, data jsonb)");
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const queue = new PQueue({ concurrency });
  const began = performance.now();
  const copy = client.query(copyFrom("COPY copied FROM STDIN"));
  await queue.addAll(
    addresses.map((address) => async () => {
      const items = await itemsAt(agent, address);
      const lines = items.map((item) => `${item.id}\t${JSON.stringify(item).replaceAll("\\", "\\\\")}\n`);
      if (!copy.write(lines.join(""))) await once(copy, "drain");
    }),
  );
  copy.end();
  await once(copy, "finish");
  const took = performance.now() - began;
  agent.destroy();
  await client.end();
  return took;
}

/** The simple way: an upsert through Prisma for each object of each page. @returns milliseconds. */
export async function upsertPull(databaseUrl: string, addresses: readonly string[]): Promise<number> {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await prisma.storedObject.deleteMany({ where: { source: "naive" } });
  const began = performance.now();
  for (const address of addresses) {
    for (const data of await itemsAt(agent, address)) {
      const row = { type: "objects", data, fingerprint: "", updatedAt: data.updated_at };
      const key = { source: "naive", externalId: String(data.id) };
      await prisma.storedObject.upsert({
        where: { source_externalId: key },
        create: { ...key, ...row },
        update: row,
      });
    }
  }
  const took = performance.now() - began;
  agent.destroy();
  await prisma.$disconnect();
  return took;
}

async function itemsAt(agent: Agent, address: string): Promise<Item[]> {
  const request = get(address, { agent });
  const [response] = (await once(request, "response")) as [NodeJS.ReadableStream];
  return (JSON.parse(await text(response)) as { items: Item[] }).items;
}
