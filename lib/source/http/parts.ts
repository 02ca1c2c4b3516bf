import { z } from "zod";

/** A map that may have these keys and no other; a wrong one is named with those that are known. */
export function map<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has no key ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}; known are ${Object.keys(shape).join(", ")}`
        : "must be a map",
  });
}

export const text = z
  .string("must be text")
  .min(1, "must not be empty")
  .max(4_000)
  .refine((value) => !/[\0\r\n]/.test(value), "must be one line");

export const atMost = (max: number) =>
  z.int("must be a whole number").min(1, "must be at least 1").max(max, `must be at most ${max}`);

/** A JSONPath (RFC 9535). Whether it is well-formed is checked where the library for it is. */
export const jsonPath = text
  .regex(/^\$/, "must be a JSONPath, which begins with $")
  .meta({ examples: ["$.data"] });

/** A field of an item: its name, names with dots for what lies deeper, or a JSONPath. */
export const fieldPath = text.meta({ examples: ["id", "meta.id", "$['the id']"] });

/** The variables that a text names as `${NAME}`. */
export function variablesIn(value: string): string[] {
  return [...value.matchAll(VARIABLE)].map(([, name = ""]) => name);
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** A secret: it stands in the environment, and here is only its name. */
export const secret = text
  .refine(
    (value) => variablesIn(value).length > 0,
    "must come from the environment: write ${NAME}, and set the variable NAME for the worker",
  )
  .meta({ examples: ["${ERP_TOKEN}"] });

/** Puts the values of variables in place of their names. */
export function fillIn(value: string, valueOf: (name: string) => string): string {
  return value.replace(VARIABLE, (_, name: string) => valueOf(name));
}

/** An address of the web. @param auth the key that is meant for credentials, which an address must not hold. */
export const webAddress = (auth: string) =>
  z
    .url({ protocol: /^https?$/, error: "must be an address that begins with http:// or https://" })
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), `must hold no user and password: use ${auth}`);
