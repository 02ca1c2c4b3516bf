import type { z } from "zod";
import type { Role } from "./actor.ts";

export interface RouteSpec {
  summary: string;
  /**
   * The role that the route requires. `open` routes require no account; `cron` routes require the cron secret or
   * an editor's token.
   */
  requires: Role | "open" | "cron";
  /** Keys of the body that only an admin may set to anything but false. */
  adminKeys?: readonly string[];
  query: z.ZodType;
  body?: z.ZodType;
  /** The body in the OpenAPI document, when a command checks the body by its own rules. */
  bodyDoc?: z.ZodType;
  /** True when a missing body counts as `{}`. */
  bodyOptional?: boolean;
  answer: z.ZodType | "text" | "csv";
  status?: number;
}
