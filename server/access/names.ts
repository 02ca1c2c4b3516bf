export const SESSION_COOKIE = "lockstep_session";
/** The client's address, between the front and what stands behind it; never what the client sent under this name. */
export const ADDRESS_HEADER = "x-lockstep-client";
/** Every API token made here starts so; also what secret scanners look for. */
export const TOKEN_PREFIX = "lockstep_";
/** The page that was asked for, for those that stand behind the front and are not told. */
export const PATH_HEADER = "x-lockstep-path";
