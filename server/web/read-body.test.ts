import { describe, expect, it } from "vitest";
import { BODY_LIMIT_BYTES, readBody } from "./read-body.ts";

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}
const json = { "Content-Type": "application/json" };

describe("readBody", () => {
  it("reads JSON, and an empty body as undefined", async () => {
    expect(await readBody(post('{"a": [1]}', json), "cookie")).toEqual({ a: [1] });
    expect(await readBody(post("", json), "cookie")).toBeUndefined();
    expect(await readBody(post(null), "cookie")).toBeUndefined();
    expect(await readBody(post(" \n"), "cookie")).toBeUndefined();
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "refuses %j when a cookie signs in",
    async (type) => {
      await expect(readBody(post("{}", { "Content-Type": type }), "cookie")).rejects.toMatchObject({
        code: "unsupported_media_type",
      });
      expect(await readBody(post("{}", { "Content-Type": type }), "bearer")).toEqual({});
    },
  );

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/merge-patch+json",
    "Application/JSON",
  ])("accepts %s", async (type) => {
    expect(await readBody(post("{}", { "Content-Type": type }), "cookie")).toEqual({});
  });

  it("stops at the limit, also when no length was announced", async () => {
    const announced = post("{}", { ...json, "Content-Length": String(BODY_LIMIT_BYTES + 1) });
    await expect(readBody(announced, "bearer")).rejects.toMatchObject({ code: "body_too_large" });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    await expect(readBody(post(endless), "bearer")).rejects.toMatchObject({ code: "body_too_large" });
    expect(sent).toBeLessThan(25);
    const most = `"${"x".repeat(BODY_LIMIT_BYTES - 2)}"`;
    expect(await readBody(post(most), "bearer")).toHaveLength(BODY_LIMIT_BYTES - 2);
  });

  it("refuses bytes that are not UTF-8", async () => {
    await expect(readBody(post(new Uint8Array([0x22, 0xff, 0x22])), "bearer")).rejects.toMatchObject({
      code: "invalid_json",
    });
  });
});
