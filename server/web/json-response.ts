import { NodeResponse } from "srvx/node";

/** A response that keeps its text, so that it is sent at once and with its length, instead of as a stream. */
export class TextResponse extends NodeResponse {
  constructor(
    readonly content: string,
    init: ResponseInit,
  ) {
    super(content, init);
  }
}

/** A response in JSON that keeps its data, so that the data can be checked against the route table. */
export class JsonResponse<T> extends TextResponse {
  constructor(
    readonly answer: T,
    status: number,
    headers: Record<string, string>,
  ) {
    super(JSON.stringify(answer), {
      status,
      headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers },
    });
  }
}

/** Answers 304, because the client has the present state already. */
export class NotModified extends Response {
  readonly answer = null;

  constructor(headers: Record<string, string>) {
    super(null, { status: 304, headers });
  }
}

/** JSON that no cache may keep, because it is for one person and for this moment. */
export function json<T>(data: T, status = 200, headers: Record<string, string> = {}): JsonResponse<T> {
  return new JsonResponse(data, status, headers);
}

/** The answer of a route that only says that it is done. */
export const DONE = { status: "ok" } as const;
