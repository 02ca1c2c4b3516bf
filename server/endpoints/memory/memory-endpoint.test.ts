import { describeEndpoint } from "../testing/endpoint-contract.ts";
import { MemoryEndpoint } from "./memory-endpoint.ts";

describeEndpoint("memory", async (text) => {
  const endpoint = new MemoryEndpoint(text, () => new Date("2026-03-01T12:00:00.000Z"));
  return {
    endpoint,
    disturb: async (changed) => endpoint.write(changed),
    text: async () => (await endpoint.view()).text,
    makeUnreadable: async () => void (endpoint.unreadable = "it cannot be read"),
    makeUnwritable: async () => void (endpoint.unwritable = "it is locked"),
    close: async () => undefined,
  };
});
