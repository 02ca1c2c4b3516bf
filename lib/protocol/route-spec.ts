import type { z } from "zod";
import type { Role } from "./actor.ts";

export interface RouteSpec {
  summary: string;
  /** Who may call it; `open`: anyone; `cron`: whoever holds the cron secret, or an editor's token. */
  requires: Role | "open" | "cron";
  /** Keys of the body that only an admin may set to anything but false. */
  adminKeys?: readonly string[];
  query: z.ZodType;
  body?: z.ZodType;
  /** What the document says of a body that a command checks by rules of its own. */
  bodyDoc?: z.ZodType;
  /** No body at all is taken for `{}`. */
  bodyOptional?: boolean;
  answer: z.ZodType | "text" | "csv";
  status?: number;
}
