import { readFileSync, utimesSync, writeFileSync } from "node:fs";

/** The sources of objects of config/examples/erp.yml, without its tasks, at an upstream of a test. */
export function erpObjects(url: string): string {
  return readFileSync("config/examples/erp.yml", "utf8")
    .replace(/\n {2}# Tasks behind[^]*$/, "")
    .replaceAll("http://127.0.0.1:4010", url)
    .replace("requests_per_second: 50", "retries: 0");
}

let saves = 0;

/** Writes lines as a file that is at rest at once. Each time it has another time. */
export function writeAtRest(path: string, ...lines: string[]): void {
  writeFileSync(path, `${lines.join("\n")}\n`);
  utimesSync(path, 0, (saves += 1));
}
