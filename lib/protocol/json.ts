import { z } from "zod";
import { isMap, type Json, type JsonMap } from "../json.ts";

/**
 * Any JSON value, passed on as the object that was parsed. A copy made key by key would lose a key named
 * `__proto__`, and there is nothing to check, because bodies come from JSON.parse.
 */
export const jsonSchema = z
  .custom<Json>((value) => value !== undefined, "must be a JSON value")
  .meta({ description: "Any JSON value" });

export const jsonMapSchema = z
  .custom<JsonMap>((value) => isMap(value as Json), "must be a JSON object")
  .meta({ type: "object", description: "A JSON object" });

/** ISO 8601 UTC with milliseconds. */
export const timeSchema = z.iso.datetime().meta({ description: "ISO 8601, UTC, milliseconds" });

export const taskIdTextSchema = z
  .string()
  .meta({ description: "A task's id as text, also when the id is an integer" });
