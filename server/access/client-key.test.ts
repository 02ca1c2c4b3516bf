import { expect, it } from "vitest";
import { clientKey } from "./client-key.ts";

it.each([
  ["10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0db8:1:2::7", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
  ["", ""],
])("takes %s as the client %s", (address, client) => {
  expect(clientKey(address)).toBe(client);
});
