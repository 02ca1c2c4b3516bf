import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileAuthor } from "../git/file-author.ts";
import { askGit } from "../git/git.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
const git = (...args: string[]) =>
  execFileSync("git", args, {
    cwd: source.folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      HOME: source.folder,
      GIT_AUTHOR_NAME: "Ada Lovelace",
      GIT_AUTHOR_EMAIL: "ada@example.com",
      GIT_COMMITTER_NAME: "Grace",
      GIT_COMMITTER_EMAIL: "grace@example.com",
    },
  });
const commit = (message: string) => {
  git("add", "schedule.yml");
  git("commit", "-qm", message);
};
/** The authors in the audit entries of the last run. */
const authors = async () => {
  await source.runner.idle();
  return source.sql<{ actor: string; detail: Record<string, unknown> | null }>(
    "SELECT actor, detail FROM audit_log WHERE run_id = (SELECT id FROM runs ORDER BY seq DESC LIMIT " +
      "1) ORDER BY id",
  );
};
const ask = async () => fileAuthor(source.path, await readFile(source.path));

beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

it("a committed edit has its author, with the commit", async () => {
  git("init", "-q");
  commit("The schedule");
  await source.edit("description: Check", "description: By Ada");
  commit("Check by Ada\n\nAnd more");
  await source.run("watch");
  expect(await authors()).toEqual([
    {
      actor: "file",
      detail: {
        state: "committed",
        commit: git("rev-parse", "HEAD").trim(),
        author: { name: "Ada Lovelace", email: "ada@example.com" },
        committer: { name: "Grace", email: "grace@example.com" },
        committed_at: expect.stringMatching(/Z$/) as string,
        subject: "Check by Ada",
      },
    },
  ]);
});

it("an uncommitted edit has only the file's owner", async () => {
  git("init", "-q");
  commit("The schedule");
  await source.edit("description: Check", "description: Uncommitted");
  await source.run("watch");
  expect(await authors()).toMatchObject([
    {
      actor: "file",
      detail: {
        state: "uncommitted",
        owner: userInfo().username,
        modified_at: expect.stringMatching(/Z$/) as string,
      },
    },
  ]);
});

it("nothing fails without a work tree or commits, or in a repository that git does not trust", async () => {
  expect(await ask()).toMatchObject({ state: "unversioned", owner: userInfo().username });
  git("init", "-q");
  expect(await ask()).toMatchObject({ state: "uncommitted" });
  commit("The schedule");
  expect(await ask()).toMatchObject({ state: "committed" });
  await writeFile(join(source.folder, ".git", "config"), "[core\n broken");
  expect(await ask()).toMatchObject({ state: "unversioned" });
});

it("an undo and an edit by SQL need no author of the file", async () => {
  git("init", "-q");
  await source.edit("description: Check", "description: By hand");
  const undone = await source.run("watch");
  await source.run("rollback", { kind: "rollback", reverts: undone.id });
  await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '1'");
  await source.run("database");
  await source.runner.idle();
  expect(
    await source.sql("SELECT r.trigger FROM file_authors a JOIN runs r ON r.id = a.run_id ORDER BY r.seq"),
  ).toEqual([{ trigger: "startup" }, { trigger: "watch" }]);
});

it("finds a commit that git stored without carriage returns", async () => {
  git("init", "-q");
  git("config", "core.autocrlf", "true");
  await source.write((await source.read()).replaceAll("\n", "\r\n"));
  commit("With carriage returns");
  expect(git("cat-file", "-p", "HEAD:schedule.yml")).not.toContain("\r");
  expect(await ask()).toMatchObject({ state: "committed" });
});

it("no program that the repository's configuration names is run", async () => {
  git("init", "-q");
  const trap = join(source.folder, "trap.sh");
  await writeFile(trap, `#!/bin/sh\ntouch "${source.folder}/sprung"\n`);
  await chmod(trap, 0o755);
  commit("The schedule");
  for (const [key, value] of Object.entries({
    "core.fsmonitor": trap,
    "core.hooksPath": source.folder,
    "gpg.program": trap,
    "log.showSignature": "true",
    "core.pager": trap,
    "pager.log": trap,
    "core.sshCommand": trap,
    "diff.external": trap,
    "filter.x.clean": trap,
    "filter.x.smudge": trap,
    "core.editor": trap,
    "credential.helper": trap,
  }))
    git("config", key, value);
  await writeFile(join(source.folder, ".gitattributes"), "* filter=x diff=x\n");
  await mkdir(join(source.folder, "hooks"), { recursive: true });
  expect(await ask()).toMatchObject({ state: "committed" });
  await expect(readFile(join(source.folder, "sprung"))).rejects.toMatchObject({ code: "ENOENT" });
});

it("gives up on a git that takes too long", async () => {
  git("init", "-q");
  expect(await askGit(source.folder, ["-c", "alias.wait=!sleep 3", "wait"], 50)).toMatchObject({ ok: false });
});
