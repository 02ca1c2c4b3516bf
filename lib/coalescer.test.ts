import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Coalescer } from "./coalescer.ts";

/** Work whose passes the test ends by hand. */
function manualWork() {
  const passes: { end(): void; fail(error: Error): void }[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => passes.push({ end: () => resolve(), fail: reject }));
  return { passes, work };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a coalescer", () => {
  it("begins at once, without waiting for a microtask", () => {
    const work = vi.fn(() => Promise.resolve());
    new Coalescer(work).now();
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("makes one more pass for all that was asked for during one", async () => {
    const { passes, work } = manualWork();
    const coalescer = new Coalescer(work);
    for (let i = 0; i < 5; i += 1) coalescer.now();
    await settle();
    expect(passes).toHaveLength(1);
    passes[0]?.end();
    await settle();
    expect(passes).toHaveLength(2);
    passes[1]?.end();
    await coalescer.idle();
    expect(passes).toHaveLength(2);
  });

  it("makes one more pass when the work itself asks for it, and never two at once", async () => {
    let [passes, running] = [0, 0];
    const coalescer = new Coalescer(async () => {
      expect((running += 1)).toBe(1);
      if ((passes += 1) < 3) coalescer.now();
      await settle();
      running -= 1;
    });
    await coalescer.run();
    await coalescer.idle();
    expect(passes).toBe(3);
  });

  it("resolves with the first pass that began after the call", async () => {
    const { passes, work } = manualWork();
    const coalescer = new Coalescer(work);
    const done: string[] = [];
    void coalescer.run().then(() => done.push("first"));
    void coalescer.run().then(() => done.push("second"));
    passes[0]?.end();
    await settle();
    expect(done).toEqual(["first"]);
    passes[1]?.end();
    await settle();
    expect(done).toEqual(["first", "second"]);
  });

  it("sees a call that comes as a pass ends, in whichever microtask", async () => {
    for (let ticks = 0; ticks < 8; ticks += 1) {
      const { passes, work } = manualWork();
      const coalescer = new Coalescer(work);
      coalescer.now();
      passes[0]?.end();
      for (let i = 0; i < ticks; i += 1) await Promise.resolve();
      coalescer.now();
      await settle();
      expect(passes).toHaveLength(2);
    }
  });

  it("gives a failure to the callers of its pass, and goes on", async () => {
    const { passes, work } = manualWork();
    const coalescer = new Coalescer(work);
    const first = coalescer.run();
    const second = coalescer.run();
    passes[0]?.fail(new Error("away"));
    await expect(first).rejects.toThrow("away");
    passes[1]?.end();
    await expect(second).resolves.toBeUndefined();
  });

  it("tells of a failure once, however many asked, also when it is thrown at once", async () => {
    const onFailure = vi.fn();
    const coalescer = new Coalescer(() => {
      throw new Error("broken");
    }, onFailure);
    coalescer.now();
    for (let i = 0; i < 3; i += 1) coalescer.now();
    await coalescer.idle();
    expect(onFailure).toHaveBeenCalledTimes(2);
    expect(onFailure.mock.calls[0]?.[0]).toEqual(new Error("broken"));
  });

  it("tries again when the failure's listener says so, and not after it was closed", async () => {
    const again: (() => void)[] = [];
    let passes = 0;
    const coalescer = new Coalescer(
      () => {
        passes += 1;
        return Promise.reject(new Error("away"));
      },
      (_error, retry) => again.push(retry),
    );
    coalescer.now();
    await coalescer.idle();
    again[0]?.();
    await coalescer.idle();
    expect(passes).toBe(2);
    await coalescer.close();
    again[1]?.();
    await coalescer.idle();
    expect(passes).toBe(2);
  });

  it("is idle when no pass is running and none is asked for, also after failures", async () => {
    const { passes, work } = manualWork();
    const coalescer = new Coalescer(work);
    await coalescer.idle();
    coalescer.now();
    coalescer.now();
    const idle = vi.fn();
    void coalescer.idle().then(idle);
    passes[0]?.fail(new Error("away"));
    await settle();
    expect(idle).not.toHaveBeenCalled();
    passes[1]?.fail(new Error("away"));
    await settle();
    expect(idle).toHaveBeenCalledTimes(1);
  });

  it("drops what has not begun when it is closed, and waits for what has", async () => {
    const { passes, work } = manualWork();
    const coalescer = new Coalescer(work);
    coalescer.now();
    const dropped = coalescer.run();
    const closed = vi.fn();
    void coalescer.close().then(closed);
    await settle();
    expect(closed).not.toHaveBeenCalled();
    passes[0]?.end();
    await dropped;
    await settle();
    expect(closed).toHaveBeenCalledTimes(1);
    await coalescer.run();
    expect(passes).toHaveLength(1);
  });

  it("never overlaps, and does everything that was added before a call by the time the call resolves", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { maxLength: 12 }), async (s, calls) => {
        let [running, added, done] = [0, 0, 0];
        const coalescer = new Coalescer(async () => {
          expect((running += 1)).toBe(1);
          const seen = added;
          await s.schedule(Promise.resolve(), "work");
          done = seen;
          running -= 1;
        });
        const waits = calls.map((wait) =>
          s.schedule(Promise.resolve(), "call").then(async () => {
            const mine = (added += 1);
            if (!wait) return coalescer.now();
            await coalescer.run();
            expect(done).toBeGreaterThanOrEqual(mine);
          }),
        );
        await s.waitFor(Promise.all(waits));
        await s.waitFor(coalescer.idle());
        expect(done).toBe(added);
      }),
    );
  });
});
