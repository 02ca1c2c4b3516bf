import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The tests that Stryker holds against its mutants: docs/proof.md. TESTS names some, separated by commas. */
export default defineConfig({
  resolve: { alias: { "@/": fileURLToPath(new URL("./", import.meta.url)) } },
  test: {
    environment: "node",
    testTimeout: 30_000,
    include: (process.env["TESTS"] ?? "lib/**/*.test.ts").split(","),
  },
});
