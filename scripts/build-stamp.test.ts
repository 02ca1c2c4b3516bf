import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStale, markBuilt } from "./build-stamp.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lockstep-build-"));
  write("app/page.tsx", "one");
  write("lib/task.test.ts", "one");
  write(".next/BUILD_ID", "id");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe("the pages have to be built", () => {
  it("until a build was finished", () => {
    expect(isStale("pages", root)).toBe(true);
    markBuilt("pages", root);
    expect(isStale("pages", root)).toBe(false);
    rmSync(join(root, ".next", "BUILD_ID"));
    expect(isStale("pages", root)).toBe(true);
  });

  it.each([
    ["a changed page", () => write("app/page.tsx", "two")],
    ["a new file", () => write("server/web/new.ts", "")],
    ["a removed file", () => rmSync(join(root, "app/page.tsx"))],
    ["other packages", () => write("package-lock.json", "{}")],
  ])("%s asks for a build", (_case, change) => {
    markBuilt("pages", root);
    change();
    expect(isStale("pages", root)).toBe(true);
  });

  it.each([
    ["a changed test", () => write("lib/task.test.ts", "two")],
    ["an edited schedule", () => write("config/schedule_config.yml", "tasks: []")],
    [
      "a checkout that only touches times",
      () => utimesSync(join(root, "app/page.tsx"), new Date(0), new Date(0)),
    ],
  ])("%s does not", (_case, change) => {
    markBuilt("pages", root);
    change();
    expect(isStale("pages", root)).toBe(false);
  });
});

it("the server has to be compiled when its own sources change, not when a page does", () => {
  write("dist/server/main.mjs", "");
  markBuilt("server", root);
  write("app/page.tsx", "two");
  expect(isStale("server", root)).toBe(false);
  write("lib/task.ts", "two");
  expect(isStale("server", root)).toBe(true);
});
