import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const COMMAND = fileURLToPath(new URL("lockstep.mjs", import.meta.url));
const GOOD = `tasks:
  - id: 1
    skill_name: backup
    schedule_cron: "0 2 * * *"
`;
const BAD_CRON = GOOD.replace("0 2 * * *", "0 25 * * *");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-validate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

/** Runs the command in the test's folder, without our other environment variables. */
async function lockstep(
  args: string[],
  { input = "", env = {} }: { input?: string | Uint8Array; env?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: { NODE_ENV: "test", PATH: process.env["PATH"], ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  return { code, out: out.toString(), err };
}

describe("lockstep validate", () => {
  it("prints nothing on standard output when all is well", async () => {
    expect(await lockstep(["validate", put("a.yml", GOOD)])).toEqual({
      code: 0,
      out: "",
      err: "a.yml: 1 task, no problems\n",
    });
  });

  it("prints one line per problem, in every file", async () => {
    const duplicate = `${BAD_CRON}  - id: 2
    skill_name: a
    schedule_cron: "@daily"
    timezone: Mars/Olympus
`;
    const { code, out } = await lockstep([
      "validate",
      put("a.yml", duplicate),
      put("good.yml", GOOD),
      put("b.yml", "tasks: [\n"),
    ]);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^a\.yml:4:\d+ .*cron/);
    expect(lines[1]).toMatch(/^a\.yml:8:\d+ .*time zone/);
    expect(lines[2]).toMatch(/^b\.yml:\d+:\d+ /);
    expect(code).toBe(1);
  });

  it("reports a file that is missing, empty, not a file, or not text", async () => {
    const names = [
      "none.yml",
      put("empty.yml", ""),
      ".",
      put("latin1.yml", Buffer.from("tasks:\n  # caf\xe9\n", "latin1")),
    ];
    const { code, out } = await lockstep(["validate", ...names]);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^none\.yml:1:1 .*does not exist/);
    expect(lines[1]).toMatch(/^empty\.yml:1:1 /);
    expect(lines[2]).toMatch(/^\.:1:1 .*not a regular file/);
    expect(lines[3]).toMatch(/^latin1\.yml:2:8 .*UTF-8/);
    expect(code).toBe(1);
  });

  it("reads standard input for -", async () => {
    expect(await lockstep(["validate", "-"], { input: GOOD })).toMatchObject({ code: 0, out: "" });
    const bad = await lockstep(["validate", "-"], { input: BAD_CRON });
    expect(bad.out).toMatch(/^<stdin>:4:\d+ .*cron/);
    expect(bad.code).toBe(1);
    expect(await lockstep(["validate", "-"], { input: Buffer.from([0xff]) })).toMatchObject({ code: 1 });
  });

  it("checks SCHEDULE_FILE without arguments, whatever the rest of the environment is", async () => {
    put("a.yml", BAD_CRON);
    const { code, out } = await lockstep(["validate"], {
      env: { SCHEDULE_FILE: "a.yml", PORT: "none", ROLE: "web" },
    });
    expect(out).toMatch(/^a\.yml:4:/);
    expect(code).toBe(1);
    expect((await lockstep(["validate"])).out).toMatch(/^config\/schedule_config\.yml:1:1 /);
  });

  it("keeps a message on one line, whatever it quotes", async () => {
    const { out } = await lockstep(["validate", put("a.yml", GOOD.replace("id: 1", 'id: "a\\nb\\e[31m"'))]);
    expect(out.trimEnd()).toMatch(/^a\.yml:2:\d+ [^\n\u001b]+$/);
  });
});

describe("usage", () => {
  it("is shown when asked for", async () => {
    expect(await lockstep(["validate", "--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("file:line:column") as string,
    });
    expect(await lockstep(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("lockstep validate") as string,
    });
  });

  it.each([[[]], [["frobnicate"]], [["validate", "--fix"]], [["validate", ""]]])(
    "is wrong with %j",
    async (args) => {
      expect(await lockstep(args)).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringContaining("Usage") as string,
      });
    },
  );
});
