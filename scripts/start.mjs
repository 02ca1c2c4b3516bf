// `npm start`: builds the server and the pages when necessary, then becomes the server (server/main.ts, compiled, in this
// process). It is plain JavaScript, so that no loader for TypeScript stays in memory.
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
await import("./generate-client.mjs");

// A worker serves no pages.
await build({ pages: process.env.ROLE?.trim() !== "worker" });

// The name is put together here, because no checker can look into a file that is not built yet.
await import(new URL("../dist/server/main.mjs", import.meta.url).href);
