export type EmbeddedPostgresErrorCode = "in_use" | "no_binary" | "unusable_folder" | "start_failed";

/** Why the private PostgreSQL cannot be used; the message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
