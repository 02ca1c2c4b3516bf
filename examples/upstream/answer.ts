import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Fault } from "./control.ts";
import type { Answer } from "./records.ts";

const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** Sends the answer, compressed where the client takes that, and with the fault's bad manners. */
export async function send(
  response: ServerResponse,
  { status, body, headers = {} }: Answer,
  accepts: string,
  fault: Fault = {},
): Promise<void> {
  if (fault.latency_ms !== undefined) await delay(fault.latency_ms);
  const good = JSON.stringify(body);
  const text =
    fault.body === "garbage"
      ? "<html>not what you think"
      : fault.body === "spoilt"
        ? `${good.slice(0, good.length >> 1)}\n<html>${good.slice(good.length >> 1)}`
        : good;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status === 204 || status === 304) return void response.end();
  response.setHeader("Content-Type", "application/json");
  if (fault.body === "huge") return sendWithoutEnd(response);
  if (fault.body === "broken" || fault.body === "slow" || fault.body === "hanging") {
    return sendBadly(response, Buffer.from(text), fault.body);
  }
  const coding = accepts.includes("br") ? "br" : accepts.includes("gzip") ? "gzip" : null;
  if (coding === null || text.length < 1_000) return void response.end(text);
  response.setHeader("Content-Encoding", coding);
  response.end(coding === "br" ? brotliCompressSync(text, QUICK) : gzipSync(text));
}

async function sendBadly(response: ServerResponse, bytes: Buffer, how: "broken" | "slow" | "hanging") {
  response.setHeader("Content-Length", bytes.length);
  const half = bytes.length >> 1;
  response.write(bytes.subarray(0, half));
  if (how === "hanging") return;
  if (how === "broken") {
    await delay(10);
    return void response.socket?.destroy();
  }
  const piece = Math.ceil((bytes.length - half) / 10);
  for (let at = half; at < bytes.length; at += piece) {
    await delay(20);
    response.write(bytes.subarray(at, at + piece));
  }
  response.end();
}

async function sendWithoutEnd(response: ServerResponse): Promise<void> {
  const spaces = Buffer.alloc(1 << 20, " ");
  while (!response.destroyed && response.writable) {
    if (!response.write(spaces))
      await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
  }
}
