import {
  listObjectsQuery,
  objectAnswerSchema,
  objectHistorySchema,
  objectListSchema,
  objectTypesSchema,
  pageQuery,
} from "./object.ts";
import { pullListSchema } from "./pull.ts";
import { noQuery } from "./query.ts";
import { sampleAnswerSchema, sampleBodySchema } from "./sample.ts";

/** Objects of other systems, and the pulls that keep them fresh. */
export const OBJECT_ROUTES = {
  "GET /api/objects": {
    summary: "Objects of other systems",
    requires: "viewer",
    query: listObjectsQuery,
    answer: objectListSchema,
  },
  "GET /api/object-types": {
    summary: "The types of objects, with their number and freshness",
    requires: "viewer",
    query: noQuery,
    answer: objectTypesSchema,
  },
  "GET /api/objects/:id": {
    summary: "One object with what it hangs from",
    requires: "viewer",
    query: noQuery,
    answer: objectAnswerSchema,
  },
  "GET /api/objects/:id/history": {
    summary: "How an object changed, newest first",
    requires: "viewer",
    query: pageQuery,
    answer: objectHistorySchema,
  },
  "GET /api/sources/:id/pulls": {
    summary: "The records of a source's pulls, newest first",
    requires: "viewer",
    query: pageQuery,
    answer: pullListSchema,
  },
  "POST /api/sources/test": {
    summary: "Send the first request of a source and show what is made of the answer; nothing is stored",
    requires: "admin",
    query: noQuery,
    body: sampleBodySchema,
    answer: sampleAnswerSchema,
  },
} as const;
