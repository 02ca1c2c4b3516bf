const INTEGER = /^(?:0|[1-9]\d{0,15})$/;

/** How an id that looks like an integer was meant: `text` where the file quotes it, null where its look decides. */
export type IdType = "integer" | "text" | null;

/** The id as it is in the file and in JSON, from its text and type. */
export function idFromText(text: string, type: IdType | string): number | string {
  const number = Number(text);
  return type !== "text" && INTEGER.test(text) && Number.isSafeInteger(number) ? number : text;
}

export function idTypeOf(id: number | string): IdType {
  return typeof id === "string" && typeof idFromText(id, null) === "number" ? "text" : null;
}
