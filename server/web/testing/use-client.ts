import { beforeAll, beforeEach } from "vitest";
import { Client, forgetEverybody } from "./access-calls.ts";

/** A client for each test of the file, at its own address, in a database without users. */
export function useClient(): Pick<Client, "call" | "signIn" | "me"> & {
  address(): string;
  /** Moves the client to another address until the end of the test. */
  moveTo(address: string): void;
} {
  let client: Client;
  let addresses = 0;
  beforeAll(async () => {
    client = await Client.open();
  });
  beforeEach(async () => {
    await forgetEverybody();
    addresses += 1;
    client.from = `192.0.2.${addresses}`;
  });
  return {
    call: (...request) => client.call(...request),
    signIn: (...credentials) => client.signIn(...credentials),
    me: (headers) => client.me(headers),
    address: () => client.from,
    moveTo: (address) => (client.from = address),
  };
}
