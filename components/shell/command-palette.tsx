"use client";

import { Command } from "cmdk";
import { Keyboard, ListChecks, Moon, Plus, RefreshCw, ScanSearch, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import * as Dialog from "radix-ui/dialog";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTasks } from "../live/use-tasks.ts";
import { useMay } from "./actor-context.tsx";
import { taskHref } from "./task-href.ts";
import { shellCommand } from "./shell-commands.ts";
import { usePlaces } from "./use-places.ts";

/** The most tasks that the palette offers at a time. */
const MOST_TASKS = 12;

const ITEM =
  "data-[selected=true]:bg-hover flex h-9 items-center gap-3 rounded-md px-3 text-sm select-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted";

interface PaletteCommand {
  key: string;
  /** The words that the typed text is compared with. */
  name: string;
  shown: ReactNode;
  run(): void;
}

/** Every command, page and task that a person may choose, found by a few letters of its name. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const tasks = useMatchingTasks(useDeferredValue(text));
  const matches = (name: string) => hasAllWords(name.toLowerCase(), wordsOf(text));
  const actions = useActions().filter(({ name }) => matches(name));
  const places = usePlaces()
    .filter(({ name }) => matches(`go to ${name}`))
    .map(({ href, name, icon: Icon }): PaletteCommand => ({
      key: `go ${name}`,
      name,
      shown: (
        <>
          <Icon /> {name}
        </>
      ),
      run: () => router.push(href),
    }));
  const groups = [
    { name: "Do", commands: actions },
    { name: "Go to", commands: places },
    { name: "Tasks", commands: tasks },
  ];
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear bg-scrim fixed inset-0 z-40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-appear bg-raised fixed inset-x-2 top-[10dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border shadow-2xl outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Command label="Commands" shouldFilter={false} loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Search commands and tasks"
              className="placeholder:text-muted h-12 w-full border-b bg-transparent px-4 text-base focus-visible:outline-none"
            />
            <Command.List className="max-h-[60dvh] overflow-y-auto p-1.5">
              <Command.Empty className="text-muted px-3 py-8 text-center">Nothing found.</Command.Empty>
              {groups.map((group) => (
                <Group key={group.name} {...group} onClose={onClose} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The commands that this person may give. */
function useActions(): PaletteCommand[] {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const { may } = useMay("editor");
  const dark = resolvedTheme === "dark";
  const action = (name: string, icon: ReactNode, run: () => void): PaletteCommand => ({
    key: `do ${name}`,
    name,
    shown: (
      <>
        {icon} {name}
      </>
    ),
    run,
  });
  return [
    ...(may
      ? [
          action("Sync now", <RefreshCw />, () => shellCommand("sync")),
          action("Preview a sync", <ScanSearch />, () => shellCommand("preview")),
          action("New task", <Plus />, () => router.push("/?new")),
        ]
      : []),
    dark
      ? action("Light theme", <Sun />, () => setTheme("light"))
      : action("Dark theme", <Moon />, () => setTheme("dark")),
    action("Keyboard shortcuts", <Keyboard />, () => shellCommand("shortcuts")),
  ];
}

interface GroupProps {
  name: string;
  commands: readonly PaletteCommand[];
  onClose(): void;
}

function Group({ name, commands, onClose }: GroupProps) {
  if (commands.length === 0) return null;
  return (
    <Command.Group
      heading={name}
      className="[&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs"
    >
      {commands.map((command) => (
        <Command.Item
          key={command.key}
          value={command.key}
          className={ITEM}
          onSelect={() => {
            onClose();
            command.run();
          }}
        >
          {command.shown}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** The first tasks in which every word of the text occurs; none while the text is empty. */
function useMatchingTasks(text: string): PaletteCommand[] {
  const router = useRouter();
  const { data } = useTasks();
  return useMemo(() => {
    const words = wordsOf(text);
    if (words.length === 0 || !data) return [];
    const found: PaletteCommand[] = [];
    for (const { key, text: searched, task } of data.rows) {
      if (!hasAllWords(searched, words)) continue;
      found.push({
        key: `task ${key}`,
        name: task.skill_name,
        shown: (
          <>
            <ListChecks />
            <span className="truncate">{task.skill_name}</span>
            <span className="text-muted ml-auto font-mono text-xs">{task.id}</span>
          </>
        ),
        run: () => router.push(taskHref(task.id, task.source)),
      });
      if (found.length === MOST_TASKS) break;
    }
    return found;
  }, [data, text, router]);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function hasAllWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
