import { provideEnv } from "../../../config/env.ts";

export const API_TOKEN = "the-api-token";
export const CRON_SECRET = "the-cron-secret";

/** Sets secrets and settings of a web process under test, which waits for no worker. */
export function provideTestEnv(values: Parameters<typeof provideEnv>[0] = {}): void {
  provideEnv({
    API_TOKEN,
    CRON_SECRET,
    AUTH_SECRET: "the-auth-secret",
    HOST: "127.0.0.1",
    CORS_ORIGINS: "",
    ALLOWED_HOSTS: "",
    RATE_LIMIT_PER_MINUTE: "0",
    SYNC_WAIT_MS: "0",
    LOG_LEVEL: "silent",
    ...values,
  });
}
