import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export interface InstalledNode {
  /** The folder with the program `node`, for PATH. */
  folder: string;
  /** As the program itself says it, for instance `v22.23.5`. */
  version: string;
}

/**
 * Installs a Node from npm, which carries its programs as packages named after the platform.
 * @param version a version or a range, such as `20.19.0` or `22`.
 */
export function installNode(version: string, folder: string): InstalledNode {
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  execFileSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, `${name}@${version}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const programs = join(folder, "node_modules", name, "bin");
  const said = execFileSync(join(programs, "node"), ["--version"], { encoding: "utf8" });
  return { folder: programs, version: said.trim() };
}
