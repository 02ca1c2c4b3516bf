/** A response in JSON that remembers what it holds, so that the route table can be held against it. */
export class JsonResponse<T> extends Response {
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

/** Answers 304: the client holds what would be sent. */
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

/** The answer of a route that has nothing to tell but that it is done. */
export const DONE = { status: "ok" } as const;
