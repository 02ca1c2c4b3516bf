// `npm run build`: builds the pages and the server, each only when its sources changed.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isStale, markBuilt } from "./build-stamp.mjs";

/**
 * Builds what changed, and ends the process with the messages when that fails.
 * @param {{ pages: boolean }} what
 */
export async function build({ pages }) {
  try {
    await buildServer();
    if (pages) await buildPages();
  } catch (error) {
    console.error(`${error.message}\nThe build failed; its messages are above.`);
    process.exit(1);
  }
}

/** Compiles the server when its sources changed. */
async function buildServer() {
  if (!isStale("server")) return;
  const { compileServer } = await import("./compile-server.mjs");
  await compileServer();
  markBuilt("server");
}

/**
 * Builds the pages when their sources changed.
 * @throws {Error} with what Next printed when the build failed. An interrupted build ends this process too.
 */
async function buildPages() {
  if (!isStale("pages")) return;
  console.log("Building the pages (once; about half a minute) ...");
  const child = spawn(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    child.kill(signal);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const code = await new Promise((resolve) => {
    child.on("error", (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on("close", resolve);
  });
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
  if (code !== 0) throw new Error(Buffer.concat(output).toString());
  const { compressPages } = await import("./compress-pages.mjs");
  await compressPages(join(".next", "static"));
  markBuilt("pages");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  await import("./generate-client.mjs");
  await build({ pages: true });
}
