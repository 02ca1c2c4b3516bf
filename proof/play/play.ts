import { Model } from "../model/model.ts";
import { verdict } from "../model/verdict.ts";
import type { Step, Story } from "../story/step.ts";
import { People } from "./people.ts";
import { Runs } from "./runs.ts";
import type { RunReport, Subject } from "./subject.ts";

/** In so many runs everything has to be done that can be done. */
const RUNS_TO_END = 6;

/**
 * Plays the story on the subject and judges it.
 * @returns what was found, in plain words; nothing: the promise was kept.
 */
export async function play(story: Story, subject: Subject): Promise<string[]> {
  const model = new Model(story.settings.ownership);
  const people = new People(subject, model, story.seed);
  const runs = new Runs(subject, model, people, story.settings);
  const found = () => [...people.findings, ...runs.findings];
  people.begin(story.text);
  await runs.sync({ do: "run", worker: 0, trigger: "startup", direction: "bidirectional" });
  for (const step of story.steps) {
    if (found().length > 0) return found();
    await act(step, { subject, people, runs });
  }
  await end({ subject, people, runs });
  if (found().length > 0) return found();
  const untold = model.told.untold(await subject.history());
  return [...(await judge(story, model, subject)), ...(await idle({ subject, people, runs })), ...untold];
}

interface Stage {
  subject: Subject;
  people: People;
  runs: Runs;
}

async function act(step: Step, { subject, people, runs }: Stage): Promise<void> {
  switch (step.do) {
    case "edit":
    case "edit all":
    case "create":
    case "delete":
      return people.edit(step);
    case "run":
      return void (await runs.sync(step));
    case "resolve":
      return runs.resolve(step.which, step.choice, step.fields, step.crash);
    case "undo":
      return runs.undo(step.which, step.crash);
    case "restore":
      return runs.restore(step.which);
    case "go back":
      return people.goBack(step.which);
    case "garble":
      runs.faults.add("garbled");
      return people.garble();
    case "mend":
      runs.faults.delete("garbled");
      return people.mend();
    case "spoil":
      return people.spoil(step.task);
    case "fault":
      subject.fault(step.what, step.on);
      if (step.on) runs.faults.add(step.what);
      else runs.faults.delete(step.what);
      return;
    case "hold":
      await people.look();
      return void (await subject.hold(step.task));
    case "let go":
      return subject.letGo();
    case "restart":
      return subject.restart(step.worker);
    case "later":
      return subject.later(step.ms);
    case "slow save":
      return people.slowSave(
        { do: "edit", side: "file", how: "in place", task: step.task, leaf: step.leaf, value: step.value },
        step.part,
        step.ms,
      );
    case "meddle":
      if (step.how === "not any more") runs.faults.delete("meddling");
      else runs.faults.add("meddling");
      return subject.meddle?.(step.task, step.how);
    case "list":
      if (subject.list) runs.isListed = step.present;
      return subject.list?.(step.present);
  }
}

/** Everything that was broken is mended, and everything that waits has its run. */
async function end({ subject, people, runs }: Stage): Promise<void> {
  await subject.saved?.();
  subject.fault("unwritable", false);
  subject.fault("unreadable", false);
  runs.faults.clear();
  await subject.letGo();
  await subject.list?.(true);
  runs.isListed = true;
  await people.tryAgain();
  await people.mend();
  await people.unspoil();
  await subject.restart(0);
  for (let n = 0; n < RUNS_TO_END; n++) {
    const report = await lastRun(runs);
    if (report.outcome === "halted") await runs.confirm(report);
    else if (report.changed === 0 && report.outcome !== "failed" && n > 0) return;
  }
}

function lastRun(runs: Runs): Promise<RunReport> {
  return runs.sync({ do: "run", worker: 0, trigger: "startup", direction: "bidirectional" });
}

async function judge({ settings }: Story, model: Model, subject: Subject): Promise<string[]> {
  const open = new Set((await subject.conflicts()).map(({ task }) => task));
  const waiting = [...(await subject.pending())].filter(
    ([, reason]) =>
      reason !== "conflict" && !(settings.strategy === "timestamp" && reason === "equal_stamps"),
  );
  const findings = waiting.map(([task, reason]) => `${task} still waits at the end: ${reason}`);
  // By time stamps whole tasks win, and the losing side is in the history only (SPEC, 20).
  if (settings.strategy === "timestamp") return findings;
  return [...findings, ...verdict(model, open)];
}

/** One more run finds nothing to do. */
async function idle({ subject, people, runs }: Stage): Promise<string[]> {
  const [text, rows] = [await subject.text(), await subject.rows()];
  const report = await lastRun(runs);
  const findings = [...people.findings, ...runs.findings];
  if (report.outcome === "failed" || report.outcome === "halted")
    findings.push(`the last run ended as ${report.outcome}`);
  if (report.changed > 0)
    findings.push(`it does not come to rest: the last run changed ${report.changed} tasks`);
  if ((await subject.text()) !== text) findings.push("the last run, which had nothing to do, wrote the file");
  if (
    JSON.stringify([...(await subject.rows())].map(([id, leaves]) => [id, ...leaves])) !==
    JSON.stringify([...rows].map(([id, leaves]) => [id, ...leaves]))
  )
    findings.push("the last run, which had nothing to do, wrote a row");
  return findings;
}
