// Test files share a process, and some set variables of its environment. The next file finds it as it was at first.
import { afterAll } from "vitest";
import { provideEnv } from "../../config/env.ts";

const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  // Nothing more is set, but what was read from the environment is forgotten.
  provideEnv({});
});
