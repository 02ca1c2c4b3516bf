/** Every error that a client can see: its stable code and its HTTP status. */
export const ERROR_STATUS = {
  invalid_request: 400,
  invalid_json: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  task_exists: 409,
  ambiguous_task: 409,
  stale_conflict: 409,
  conflict_closed: 409,
  stale_plan: 409,
  stale_file: 409,
  file_unwritable: 409,
  row_refused: 409,
  not_a_schedule: 409,
  not_undoable: 409,
  source_removed: 409,
  dependency_cycle: 409,
  last_admin: 409,
  user_exists: 409,
  view_exists: 409,
  link_gone: 410,
  precondition_failed: 412,
  body_too_large: 413,
  file_too_large: 413,
  unsupported_media_type: 415,
  invalid_task: 422,
  too_many_requests: 429,
  internal: 500,
  no_worker: 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface FieldError {
  /** Name of the field, with dots for nested ones. */
  field: string;
  message: string;
}

/** An error for the client that asked: it says what is wrong, where, and what to do. */
export class LockstepError extends Error {
  override readonly name = "LockstepError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: { errors?: FieldError[]; [extra: string]: unknown } = {},
  ) {
    super(message);
  }
}
