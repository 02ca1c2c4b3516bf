import type { Disturbance, Edit, Settings, Step, Story } from "./step.ts";

/** The story in plain words, one line for each step. */
export function tell({ settings, text, steps }: Story): string {
  const lines = steps.map((step, i) => `${String(i + 1).padStart(3)}. ${tellStep(step)}`);
  return [tellSettings(settings), "The file, which is imported first:", "", text, ...lines].join("\n");
}

function tellSettings({ strategy, policy, direction, ownership }: Settings): string {
  const owners = Object.entries(ownership).map(([field, side]) => `the ${side} owns ${field}`);
  return [`Settings: ${strategy}, ${direction}`, `conflict policy ${policy}`, ...owners].join("; ") + ".";
}

function tellStep(step: Step): string {
  switch (step.do) {
    case "edit":
    case "edit all":
    case "create":
    case "delete":
      return tellEdit(step);
    case "run":
      return tellRun(step);
    case "resolve": {
      const fields = Object.entries(step.fields).map(([name, side]) => `${name} from the ${String(side)}`);
      const but = fields.length > 0 ? `, but ${fields.join(", ")}` : "";
      return `An admin resolves conflict ${step.which} from the newest: ${step.choice}${but}${tellCrash(step.crash)}.`;
    }
    case "undo":
      return `An admin undoes the run that is number ${step.which} from the newest${tellCrash(step.crash)}.`;
    case "restore":
      return `An admin puts back kept version number ${step.which} from the newest.`;
    case "go back":
      return `The file says again what it said before: of the other texts that runs have seen, number ${step.which} from the newest.`;
    case "garble":
      return "The file is made unreadable.";
    case "mend":
      return "The file is made readable again.";
    case "spoil":
      return `In the file, task ${step.task} gets a status that does not exist.`;
    case "fault":
      return `The file is ${step.on ? "" : "no longer "}${step.what}.`;
    case "hold":
      return `A transaction that stays open locks the row of ${step.task}.`;
    case "let go":
      return "That transaction ends.";
    case "restart":
      return `Worker ${step.worker} is restarted.`;
    case "later":
      return `The clock moves by ${step.ms} ms.`;
    case "slow save":
      return `In the file, ${step.leaf} of ${step.task} becomes ${step.value}, by a save in place that stalls for ${step.ms} ms.`;
    case "meddle":
      return `Another application's trigger ${step.how === "not any more" ? "leaves" : step.how} the row of ${step.task}${step.how === "not any more" ? " alone" : ""}.`;
    case "list":
      return `The source ${step.present ? "comes back to" : "leaves"} the list of sources.`;
  }
}

function tellEdit(edit: Edit): string {
  if (edit.do === "edit all") return `By SQL, ${edit.leaf} of every row becomes ${edit.value}.`;
  const where = edit.side === "file" ? `In the file (${edit.how})` : `In the database (by ${edit.how})`;
  switch (edit.do) {
    case "edit":
      return `${where}, ${edit.leaf} of ${edit.task} becomes ${edit.value}.`;
    case "create":
      return `${where}, task ${edit.task} is created.`;
    case "delete":
      return `${where}, task ${edit.task} is deleted.`;
  }
}

function tellRun({ worker, trigger, direction, force, disturb }: Step & { do: "run" }): string {
  const how = [direction ?? "", force ? "forced" : ""].filter((word) => word !== "");
  const way = how.length > 0 ? ` (${how.join(", ")})` : "";
  return `Worker ${worker} runs, asked by ${trigger}${way}${disturb ? tellDisturbance(disturb) : ""}.`;
}

function tellDisturbance(disturb: Disturbance): string {
  if (disturb.what === "crash") return tellCrash(disturb.at);
  if (disturb.what === "lose connection") return `; its database connections break at "${disturb.at}"`;
  return `; at "${disturb.at}": ${disturb.edits.map(tellEdit).join(" ")}`.replace(/\.$/, "");
}

function tellCrash(at: string | undefined): string {
  return at === undefined ? "" : `; it is killed at "${at}"`;
}
