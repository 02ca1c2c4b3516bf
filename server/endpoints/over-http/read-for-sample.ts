import type { Json } from "../../../lib/json.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { CollectionUnreadable } from "../collection.ts";
import { SAMPLE_ROWS } from "../sample-rows.ts";
import { MEGABYTE } from "./dispatcher.ts";
import type { HttpClient, OpenAnswer } from "./http-client.ts";
import { ItemTooLarge, ListParser, type WantedPaths } from "./list-parser.ts";
import { bodyOf, listOf, noJson, refuseNoList, unusable } from "./read-page.ts";
import { pathsOf } from "./read-parts.ts";

/** A person waits for a test, and the rows that it shows stand near the beginning. In megabytes of text. */
const MOST_MEGABYTES = 8;

/** What a test has read of an answer. */
export interface ReadForSample {
  items: Json[];
  /** All of the answer, or what stands beside its list. */
  body: Json;
  /** Whether the rest of the answer was left unread. */
  partial: boolean;
}

/**
 * Reads an answer for a test of its source: a small one as a whole, and of a large one no more than it takes to find the
 * items that are shown. @throws {CollectionUnreadable}
 */
export async function readForSample(
  client: HttpClient,
  resource: HttpResourceConfig,
  answer: OpenAnswer,
  request: string,
): Promise<ReadForSample> {
  if (!answer.pieces) return whole(resource, answer, request);
  try {
    const paths = pathsOf(resource);
    return await (paths ? beginning(paths, resource, answer, request) : upToLimit(resource, answer, request));
  } catch (error) {
    throw error instanceof CollectionUnreadable ? error : client.failure(answer.url, "GET", error);
  }
}

function whole(resource: HttpResourceConfig, answer: OpenAnswer, request: string): ReadForSample {
  const body = bodyOf(answer, request);
  return { body, items: listOf(body, resource, request), partial: false };
}

/** Leaving the loop gives the body back, so that its connection does not wait for the rest. */
async function beginning(
  paths: WantedPaths,
  resource: HttpResourceConfig,
  answer: OpenAnswer,
  request: string,
): Promise<ReadForSample> {
  const parser = new ListParser(paths, MOST_MEGABYTES * MEGABYTE);
  const items: Json[] = [];
  let length = 0;
  for await (const piece of answer.pieces ?? []) {
    length += piece.length;
    try {
      items.push(...parser.write(piece));
    } catch (error) {
      throw error instanceof ItemTooLarge ? tooFar(resource, request) : noJson(answer, request, length);
    }
    const enough = items.length >= SAMPLE_ROWS;
    if (enough || length >= MOST_MEGABYTES * MEGABYTE) {
      if (parser.found === "nothing") throw tooFar(resource, request);
      return { body: parser.beside, items, partial: true };
    }
  }
  try {
    parser.end();
  } catch {
    throw noJson(answer, request, length);
  }
  refuseNoList(parser.found, resource.data_selector, request);
  return { body: parser.beside, items, partial: false };
}

/** A selector that looks at values finds nothing before all of the answer is there. */
async function upToLimit(
  resource: HttpResourceConfig,
  answer: OpenAnswer,
  request: string,
): Promise<ReadForSample> {
  let text = "";
  for await (const piece of answer.pieces ?? []) {
    text += piece;
    if (text.length > MOST_MEGABYTES * MEGABYTE) throw tooFar(resource, request);
  }
  return whole(resource, { ...answer, text }, request);
}

function tooFar({ data_selector }: HttpResourceConfig, request: string): CollectionUnreadable {
  return unusable(
    request,
    `data_selector ${data_selector} finds no item in the first ${MOST_MEGABYTES} MB of the answer, and a test reads no more`,
  );
}
