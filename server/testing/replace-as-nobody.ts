// Writes a schedule as a user without rights on its folder. Usage (as root): replace-as-nobody.ts <file> <folder of versions> <text>
import { readSchedule } from "../../lib/yaml/read.ts";
import { readYamlFile } from "../endpoints/yaml-file/read-file.ts";
import { writeSchedule } from "../endpoints/yaml-file/write-schedule.ts";

const [path = "", backups = "", text = ""] = process.argv.slice(2);
process.setgid?.(65534);
process.setuid?.(65534);
const read = await readYamlFile(path, undefined);
if (!read.ok) throw new Error(read.problem.message);
await writeSchedule(
  read.snapshot,
  readSchedule(text),
  backups,
  () => Promise.resolve(),
  () => true,
);
process.stdout.write("written\n");
