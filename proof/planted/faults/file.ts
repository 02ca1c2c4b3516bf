import type { Fault } from "../fault.ts";

const FOLDER = "server/endpoints/yaml-file";

/** Mistakes in how the file itself is handled: `server/endpoints/yaml-file`. */
export const FILE: readonly Fault[] = [
  {
    name: "the racy rule is off",
    file: `${FOLDER}/snapshot.ts`,
    from: "return readAt - changedAt(identity) > RACY_MS;",
    to: "return readAt - changedAt(identity) > -RACY_MS * 1e9;",
    tests: [`${FOLDER}/read-file.test.ts`],
  },
  {
    name: "ctime is not compared",
    file: `${FOLDER}/snapshot.ts`,
    from: "    a.mtimeNs === b.mtimeNs &&\n    a.ctimeNs === b.ctimeNs",
    to: "    a.mtimeNs === b.mtimeNs",
    tests: [`${FOLDER}/read-file.test.ts`],
  },
  {
    name: "what was renamed over is not compared afterwards",
    file: `${FOLDER}/exchange.ts`,
    from: "if (readFileSync(backup).equals(expected)) return;",
    to: "if (expected.length > 0) return;",
    tests: [
      `${FOLDER}/save-meanwhile.test.ts`,
      `${FOLDER}/replace-file.test.ts`,
      `${FOLDER}/yaml-file.test.ts`,
    ],
  },
  {
    name: "a save that is still going on counts",
    file: "server/runs/await-settled.ts",
    from: "if (wait === 0) return null;",
    to: "return null;",
    tests: ["server/runs/slow-save.pg.test.ts"],
  },
  {
    name: "a file that was saved while it was read counts",
    file: `${FOLDER}/read-file.ts`,
    from: "if (!sameIdentity(before, await identify(realPath))) continue;",
    to: "await identify(realPath);",
    tests: [`${FOLDER}/read-file.test.ts`],
  },
  {
    name: "a write in place that was torn is not put back",
    file: `${FOLDER}/overwrite.ts`,
    from: "if (before) await fill(file, before, mayWrite);",
    to: "await file.sync();",
    tests: ["server/runs/crash.pg.test.ts", FOLDER],
  },
  {
    name: "a file with other hard links is severed from them",
    file: `${FOLDER}/write-file.ts`,
    from: "if (await hasOtherNames(realPath)) {",
    to: "if ((await hasOtherNames(realPath)) && realPath === '') {",
    tests: [FOLDER],
  },
  {
    name: "replaced versions are not kept",
    file: `${FOLDER}/write-file.ts`,
    from: "await keepVersion(expected, backups).catch(() => undefined);",
    to: "await Promise.resolve(keepVersion).catch(() => undefined);",
    tests: [FOLDER, "server/runs/file-requests.pg.test.ts"],
  },
  {
    name: "a worker that has lost its source writes the file",
    file: `${FOLDER}/exchange.ts`,
    from: "    if (!mayWrite()) throw new EndpointTaken(realPath);\n    renameSync(temporary, realPath);",
    to: "    renameSync(temporary, realPath);",
    tests: [FOLDER, "server/runs/stopped-run.pg.test.ts"],
  },
  {
    name: "a late save of a task that was edited since is put into the file",
    file: `${FOLDER}/late-saves.ts`,
    from: "if (both) return",
    to: "if (both && at.getTime() < 0) return",
    tests: ["server/runs/late-save.pg.test.ts"],
  },
  {
    name: "a late save is not put into the file",
    file: `${FOLDER}/late-saves.ts`,
    from: "if (!(await hasChanged(version))) continue;",
    to: "if (!(await hasChanged(version)) || version.writes) continue;",
    tests: ["server/runs/late-save.pg.test.ts"],
  },
];
