// `npm start`: builds the pages when necessary, then becomes the server (server/main.ts, in this process).
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIsStale, markBuilt } from "./build-stamp.ts";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
await import("./generate-client.mjs");

// A worker serves no pages.
if (process.env.ROLE?.trim() !== "worker" && buildIsStale()) {
  console.log("Building the pages (once; about half a minute) ...");
  if (!(await build())) {
    console.error("The build failed; its messages are above.");
    process.exit(1);
  }
  markBuilt();
}

await import("../server/main.ts");

/** Builds silently, unless it fails. An interrupted build ends this process too. */
function build(): Promise<boolean> {
  const child = spawn(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const interrupt = (signal: NodeJS.Signals) => {
    child.kill(signal);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  return new Promise((resolve) => {
    child.on("error", (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}
