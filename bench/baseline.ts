import { readFile, writeFile } from "node:fs/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { type Prisma, PrismaClient, type Task } from "../server/store/generated/client.ts";
import type { Contender } from "./contender.ts";

interface YamlTask {
  id: number;
  skill_name: string;
  schedule_cron: string;
  next_run_at?: string;
  timezone?: string;
  status?: string;
  description?: string;
  params?: Prisma.InputJsonObject;
  updated_at: string;
}

const SOURCE = "default";

/**
 * A simple design for comparison: parse the whole file, read one row after the other, compare the time
 * stamps, and write the whole file again. It keeps no ancestor, so it cannot tell a deletion from a creation
 * and sees no conflict: of two edits the later one wins.
 */
export class Baseline implements Contender {
  readonly name = "baseline";
  private readonly prisma: PrismaClient;

  constructor(
    databaseUrl: string,
    readonly path: string,
  ) {
    this.prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
  }

  async run(): Promise<void> {
    const document = parseDocument(await readFile(this.path, "utf8"));
    const { tasks } = document.toJS() as { tasks: YamlTask[] };
    let fileChanged = false;
    for (const [number, task] of tasks.entries()) {
      const row = await this.prisma.task.findUnique({
        where: { source_id: { source: SOURCE, id: String(task.id) } },
      });
      const stamp = new Date(task.updated_at);
      if (!row) {
        await this.prisma.task.create({ data: rowOf(task) });
      } else if (stamp > row.updatedAt) {
        await this.prisma.task.update({
          where: { source_id: { source: SOURCE, id: row.id } },
          data: rowOf(task),
        });
      } else if (row.updatedAt > stamp) {
        setTask(document, number, row);
        fileChanged = true;
      }
    }
    if (fileChanged) await writeFile(this.path, document.toString());
  }

  /**
   * An API write of the simple design: it writes the row, then parses, changes and writes the file. Writes
   * run one at a time, because edits would be lost otherwise.
   */
  async patch(id: number, params: Prisma.InputJsonObject): Promise<void> {
    const row = await this.prisma.task.update({
      where: { source_id: { source: SOURCE, id: String(id) } },
      data: { params, updatedAt: new Date() },
    });
    const document = parseDocument(await readFile(this.path, "utf8"));
    const { tasks } = document.toJS() as { tasks: YamlTask[] };
    setTask(
      document,
      tasks.findIndex((task) => task.id === id),
      row,
    );
    await writeFile(this.path, document.toString());
  }

  async empty(text: string): Promise<void> {
    await this.prisma.task.deleteMany();
    await writeFile(this.path, text);
  }

  async seed(text: string): Promise<void> {
    await this.empty(text);
    const { tasks } = parseDocument(text).toJS() as { tasks: YamlTask[] };
    for (let at = 0; at < tasks.length; at += 1000)
      await this.prisma.task.createMany({ data: tasks.slice(at, at + 1000).map(rowOf) });
  }

  async changeRows(ids: readonly number[], retries: number): Promise<void> {
    await this.prisma
      .$executeRaw`UPDATE tasks SET params = jsonb_set(params, '{retries}', to_jsonb(${retries}::int)),
        updated_at = now() WHERE id = ANY(${ids.map(String)}::text[])`;
  }

  async prepare(): Promise<void> {
    // Nothing waits for it.
  }

  async read(): Promise<void> {
    parseDocument(await readFile(this.path, "utf8")).toJS();
  }

  async writer(id: number, retries: number): Promise<() => Promise<void>> {
    const document = parseDocument(await readFile(this.path, "utf8"));
    const { tasks } = document.toJS() as { tasks: YamlTask[] };
    const number = tasks.findIndex((task) => task.id === id);
    return async () => {
      document.setIn(["tasks", number, "params", "retries"], retries);
      await writeFile(this.path, document.toString());
    };
  }

  async rowRetries(id: number): Promise<number> {
    const row = await this.prisma.task.findUnique({
      where: { source_id: { source: SOURCE, id: String(id) } },
    });
    return (row?.params as { retries: number }).retries;
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
  }
}

function rowOf(task: YamlTask) {
  return {
    source: SOURCE,
    id: String(task.id),
    skillName: task.skill_name,
    scheduleCron: task.schedule_cron,
    nextRunAt: task.next_run_at === undefined ? null : new Date(task.next_run_at),
    timezone: task.timezone ?? "UTC",
    status: task.status ?? "pending",
    description: task.description ?? null,
    params: task.params ?? {},
    updatedAt: new Date(task.updated_at),
  };
}

function setTask(document: Document.Parsed, number: number, row: Task): void {
  const list = document.get("tasks");
  const task = isSeq(list) ? list.items[number] : undefined;
  if (!isMap(task)) return;
  const set = (key: string, value: unknown) => (task as YAMLMap).set(key, document.createNode(value));
  set("skill_name", row.skillName);
  set("schedule_cron", row.scheduleCron);
  if (row.nextRunAt) set("next_run_at", row.nextRunAt.toISOString());
  set("timezone", row.timezone);
  set("status", row.status);
  if (row.description !== null) set("description", row.description);
  set("params", row.params);
  set("updated_at", row.updatedAt.toISOString());
}
