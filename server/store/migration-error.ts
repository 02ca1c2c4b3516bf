export type MigrationErrorCode = "unreachable" | "denied" | "failed_earlier" | "migration_failed";

/**
 * Why the database could not be brought up to date. The message says what to do and never holds a password.
 */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  constructor(
    readonly code: MigrationErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An error of the connection, with its host and port. */
export function connectionFailure(databaseUrl: string, error: unknown): MigrationError {
  const { code, message } = error as { code?: string; message?: string };
  // Class 28: the role or its password is refused; 3D000: the database does not exist; 42501: no right to
  // connect.
  const denied = code !== undefined && (code.startsWith("28") || code === "3D000" || code === "42501");
  const why = message || code || "no answer";
  return new MigrationError(
    denied ? "denied" : "unreachable",
    `${denied ? "PostgreSQL refuses us at" : "Cannot reach PostgreSQL at"} ` +
      `${hostAndPort(databaseUrl)}: ${why}. Check DATABASE_URL.`,
    { cause: error },
  );
}

function hostAndPort(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "the address in DATABASE_URL";
  const url = new URL(databaseUrl);
  const host = url.searchParams.get("host") ?? (decodeURIComponent(url.hostname) || "localhost");
  return `${host}:${url.port || "5432"}`;
}
