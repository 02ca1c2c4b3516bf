import { expect, it } from "vitest";
import { scheduleViewFrom, withScheduleView } from "./schedule-view.ts";

it("the view stands in the address, and an address without it is the usual one", () => {
  const address =
    "source=eu&span=week&zone=own&rows=together&order=name&q=ledger&resting=yes&at=2026-11-23T06%3A05Z";
  const view = scheduleViewFrom(new URLSearchParams(address));
  expect(view).toEqual({
    span: "week",
    zone: "own",
    layout: "together",
    order: "name",
    q: "ledger",
    resting: true,
    at: Date.UTC(2026, 10, 23, 6, 5) / 60_000,
  });
  expect(withScheduleView(new URLSearchParams("source=eu"), view).toString()).toBe(address);
  const usual = scheduleViewFrom(new URLSearchParams("span=year&at=soon"));
  expect(usual).toMatchObject({ span: "day", zone: "browser", at: null });
  expect(withScheduleView(new URLSearchParams(address), usual).toString()).toBe("source=eu");
});
