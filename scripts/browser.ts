import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

/** Debian's name of Chromium without a window. It takes a fifth less time for the same pages, so it comes first. */
const SHELL = "chromium-headless-shell";
const NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL_PATIENCE_MS = 10 * 60_000;

/**
 * Flags with which Chromium also runs as root and in a container, and sends nothing over the network by
 * itself.
 */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

/**
 * Finds a Chromium for the browser tests: at CHROMIUM_PATH, Playwright's own, or on the PATH. If there is
 * none it installs Playwright's, or the distribution's when this process may.
 * @throws Error that says what to do.
 */
export async function findBrowser(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which is not a program.`);
  }
  const found = (await playwrightsOwn()) ?? onPath();
  if (found !== undefined) return found;

  const root = process.getuid?.() === 0;
  console.log("no browser found; installing one");
  if (await installPlaywrights(root)) {
    const own = await playwrightsOwn();
    if (own !== undefined) return own;
  }
  if (root && (await installDistributions())) {
    const installed = onPath();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "The browser tests need Chromium and none could be installed. Install it (Debian: apt-get install " +
      "chromium; " +
      "elsewhere: npx playwright install chromium) or set CHROMIUM_PATH to one.",
  );
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import("playwright");
  const path = chromium.executablePath();
  // Playwright keeps the shell in a folder beside it.
  const shell = path.replace(
    /chromium-(\d+)\/chrome-(\w+)\/chrome$/,
    "chromium_headless_shell-$1/chrome-headless-shell-$2/chrome-headless-shell",
  );
  return [shell, path].find((each) => each !== "" && existsSync(each));
}

function onPath(): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      if (folder !== "" && isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installPlaywrights(root: boolean): Promise<boolean> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright/package.json")), "cli.js");
  return runs(process.execPath, [cli, "install", ...(root ? ["--with-deps"] : []), "chromium"]);
}

async function installDistributions(): Promise<boolean> {
  const install = (name: string) => runs("apt-get", ["install", "-y", "--no-install-recommends", name]);
  return (await runs("apt-get", ["update"])) && ((await install(SHELL)) || (await install("chromium")));
}

function runs(program: string, args: string[]): Promise<boolean> {
  const options = {
    timeout: INSTALL_PATIENCE_MS,
    maxBuffer: Infinity,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  return promisify(execFile)(program, args, options).then(
    () => true,
    () => false,
  );
}
