// A small REST service that misbehaves on request, to try `kind: http` sources on. See docs/http-sources.md.
// PORT (default 4010; 0: any free port) says where it listens.
import type { AddressInfo } from "node:net";
import { createUpstream } from "./serve.ts";

const { server } = createUpstream();
server.listen(Number(process.env["PORT"] ?? 4010), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`the example upstream listens on http://127.0.0.1:${port}`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
