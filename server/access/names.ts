export const SESSION_COOKIE = "lockstep_session";
/**
 * The header with the client's address, set by the front for the code after it. A client's own header of this
 * name is dropped.
 */
export const ADDRESS_HEADER = "x-lockstep-client";
/** Every API token begins with this, which secret scanners look for too. */
export const TOKEN_PREFIX = "lockstep_";
/** The header with the path of the requested page, for code that Next does not tell it. */
export const PATH_HEADER = "x-lockstep-path";
