// Replaces a file as a user without rights on its folder. Usage (as root): replace-as-nobody.ts <file> <folder of versions> <text>
import { readFileSync } from "node:fs";
import { replaceFile } from "../endpoints/yaml-file/write-file.ts";

const [path = "", backups = "", text = ""] = process.argv.slice(2);
process.setgid?.(65534);
process.setuid?.(65534);
await replaceFile({ realPath: path, expected: readFileSync(path), wanted: Buffer.from(text), backups });
process.stdout.write("written\n");
