// A careful script of a user: changes values in the file, one at a time, each time reading the file anew under its lock.
// Usage: file-writer.ts <file> <edits>, the edits as JSON: [{task, key, value}]; a value for `params.<key>` of that task.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { lockFile } from "./file-locker.ts";

const [path = "", edits = "[]"] = process.argv.slice(2);
for (const { task, key, value } of JSON.parse(edits) as { task: number; key: string; value: number }[]) {
  const unlock = await lockFile(path);
  const document = parseDocument(readFileSync(path, "utf8"));
  const { tasks } = document.toJS() as { tasks: { id: number }[] };
  const index = tasks.findIndex(({ id }) => id === task);
  if (index >= 0) document.setIn(["tasks", index, "params", key], value);
  else
    document.addIn(
      ["tasks"],
      document.createNode({
        id: task,
        skill_name: "made-in-the-file",
        schedule_cron: "0 1 * * *",
        params: { [key]: value },
      }),
    );
  writeFileSync(`${path}.${process.pid}`, document.toString({ lineWidth: 0 }));
  renameSync(`${path}.${process.pid}`, path);
  await unlock();
}
