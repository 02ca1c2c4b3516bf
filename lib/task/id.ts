const INTEGER = /^(?:0|[1-9]\d{0,15})$/;

/** `text` for an id that looks like an integer and that the file quotes; null for the type it looks like. */
export type IdType = "integer" | "text" | null;

/** The id as the file and JSON hold it, from the text and type in the database. */
export function idFromText(text: string, type: IdType | string): number | string {
  const number = Number(text);
  return type !== "text" && INTEGER.test(text) && Number.isSafeInteger(number) ? number : text;
}

/** The type to store beside the text of an id, so that `idFromText` gives the id back. */
export function idTypeOf(id: number | string): IdType {
  return typeof id === "string" && typeof idFromText(id, null) === "number" ? "text" : null;
}
