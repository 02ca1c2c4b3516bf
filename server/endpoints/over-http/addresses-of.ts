import { fillPlaceholders, type HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { fieldOf } from "../../json-path.ts";
import { CollectionUnreadable, type ParentObject } from "../collection.ts";
import type { HttpClient } from "./http-client.ts";

type Addressed = Pick<HttpResourceConfig, "id" | "path" | "item_path" | "params">;

/** The address of a list, with the parent's fields in their places. @throws {CollectionUnreadable} */
export function listAddress(client: HttpClient, resource: Addressed, parent: ParentObject | null): URL {
  const url = below(
    client,
    fillPlaceholders(resource.path, (field) => encoded(resource, parent, field)),
  );
  for (const [name, value] of Object.entries(resource.params)) {
    const filled = fillPlaceholders(value, (field) => valueIn(resource, parent, field));
    url.searchParams.set(name, client.secrets.fill(filled));
  }
  return url;
}

/** The address of one object. @throws {CollectionUnreadable} */
export function itemAddress(
  client: HttpClient,
  resource: Addressed,
  key: string,
  parent: ParentObject | null,
): URL {
  const path = (resource.item_path ?? "/{id}").replaceAll("{id}", encodeURIComponent(key));
  return below(
    client,
    fillPlaceholders(path, (field) => encoded(resource, parent, field)),
  );
}

/** An address below base_url. */
export function below(client: HttpClient, path: string): URL {
  return new URL(`${client.config.base_url.replace(/\/$/, "")}${path}`);
}

function encoded(resource: Addressed, parent: ParentObject | null, field: string): string {
  return encodedSegment(valueIn(resource, parent, field));
}

/** A value as a piece of a path. */
export function encodedSegment(text: string): string {
  const value = encodeURIComponent(text);
  // Dots stay as they are when they are encoded, and these would lead elsewhere.
  return value === "." || value === ".." ? value.replaceAll(".", "%2E") : value;
}

function valueIn({ id }: Addressed, parent: ParentObject | null, field: string): string {
  const value = parent && fieldOf(parent.data, field);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  throw new CollectionUnreadable({
    code: "request_failed",
    message: `${id}: the parent ${parent?.key ?? ""} has no field ${field} for the address`,
  });
}
