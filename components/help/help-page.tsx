"use client";

import type { ReactNode } from "react";
import { shellCommand } from "../shell/shell-commands.ts";
import { Button } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { ManualList } from "./manual-list.tsx";
import { changeFirstSteps } from "./first-steps-state.ts";

/** The few ideas that one needs to know, each with its place in the interface. */
export function HelpPage() {
  return (
    <>
      <PageHeader
        title="Help"
        aside={
          <>
            <Button onClick={() => shellCommand("shortcuts")}>Keyboard shortcuts</Button>
            <Button look="primary" onClick={() => changeFirstSteps({ shown: true, over: false })}>
              First steps
            </Button>
          </>
        }
      />
      <div className="flex max-w-2xl flex-col gap-6 px-4 pb-10 text-sm leading-6 sm:px-6">
        <p>
          Lockstep keeps a YAML file of scheduled tasks and a database in step, in both directions. Edit the
          task wherever you like; the other side follows within a second. It does not run the tasks.
        </p>
        <Idea id="source" title="Source" href="/ui/sync-intervals" link="Your sources">
          One schedule file that is kept in step with the database, with its own settings and history. There
          may be several; each goes on when another has a problem.
        </Idea>
        <Idea id="last-synced" title="Last synced" href="/history" link="The history">
          What both sides agreed on when they were last compared. It tells who changed what: a side that
          differs from it was edited. Edits of different fields are both kept.
        </Idea>
        <Idea id="conflict" title="Conflict" href="/conflicts" link="Open conflicts">
          Both sides changed the same field of a task, or one deleted what the other edited. That task waits
          with both sides untouched until a person chooses; every other task goes on. A choice can be undone.
        </Idea>
        <Idea id="halt" title="Halt" href="/history" link="The history">
          A run that would delete more than half of a side stops before it changes anything, because that is
          mostly an accident, such as a file that was cut off. An admin looks at the list and confirms it, or
          puts the tasks back.
        </Idea>
        <Idea id="state" title="Held, waiting, unknown" href="/file" link="The file and its problems">
          A task with a mistake is held by itself, with line and column. An edit that cannot reach the other
          side yet waits, with the reason. Where a file cannot be read, the state of its tasks is unknown, and
          nothing is changed. Nothing is called in step that is not known to be.
        </Idea>
        <Idea id="undo" title="Undo" href="/history" link="The history">
          A run, an action on many tasks and a single edit can be undone. The dialog says what will be put
          back and what was edited since. Kept versions of the file can be restored under File.
        </Idea>
        <p>
          What is guaranteed, with its exceptions, and how a simulator tries to break it, stands in{" "}
          <Link href="/help/proof" className="text-accent-text underline">
            The proof
          </Link>
          .
        </p>
        <ManualList />
      </div>
    </>
  );
}

interface IdeaProps {
  id: string;
  title: string;
  href: string;
  link: string;
  children: ReactNode;
}

function Idea({ id, title, href, link, children }: IdeaProps) {
  return (
    <section aria-labelledby={id} className="scroll-mt-4 target:border-l-2 target:pl-3">
      <h2 id={id} className="scroll-mt-4 text-base font-semibold">
        {title}
      </h2>
      <p>{children}</p>
      <Link href={href} className="text-accent-text underline">
        {link}
      </Link>
    </section>
  );
}
