import { createServer, get } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it } from "vitest";
import { trackConnections } from "./connections.ts";

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

describe("ending a server", () => {
  it("closes an upgraded connection whose client does not answer", async () => {
    const server = createServer();
    const upgraded = new Promise((resolve) => server.on("upgrade", resolve));
    const connections = trackConnections(server);
    const client = connect(await listen(server), "127.0.0.1");
    client.on("error", () => undefined);
    client.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    await upgraded;
    const gone = new Promise((resolve) => client.once("close", resolve));
    await connections.end(0);
    client.resume();
    await gone;
  });

  it("lets a request in progress finish", async () => {
    const server = createServer();
    let finish = () => undefined as unknown;
    const arrived = new Promise<void>((resolve) => {
      server.on("request", (_, response) => {
        finish = () => response.end("done");
        resolve();
      });
    });
    const connections = trackConnections(server);
    const port = await listen(server);
    const answer = new Promise<string>((resolve, reject) => {
      get({ port, agent: false }, (response) => response.on("data", (data) => resolve(String(data)))).on(
        "error",
        reject,
      );
    });
    await arrived;
    const ended = connections.end(60_000);
    finish();
    expect(await answer).toBe("done");
    await ended;
  });
});
