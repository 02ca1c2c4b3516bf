// `npm run dev`: runs the product with pages built on request, and restarts it when the server's own code
// changes.
import { spawn } from "node:child_process";

const watched = ["server", "lib", "config"].map((folder) => `--watch-path=${folder}`);
const child = spawn(process.execPath, ["--import", "tsx", ...watched, "server/main.ts"], {
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "development" },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
