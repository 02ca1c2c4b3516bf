import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** A `PATH` with every program that the script uses except flock, in a folder `bin` of the given one. */
export function pathWithoutFlock(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["curl", "cut", "cksum", "date", "id", "ln", "mkdir", "mv", "rm", "sed", "tr"]) {
    const found = ["/usr/bin", "/bin", "/usr/local/bin"].map((dir) => join(dir, name)).find(existsSync);
    if (found === undefined) throw new Error(`${name} is not installed`);
    symlinkSync(found, join(bin, name));
  }
  return bin;
}
