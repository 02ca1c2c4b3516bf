"use client";

import { Command } from "cmdk";
import { Keyboard, ListChecks, Moon, Plus, RefreshCw, ScanSearch, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import * as Dialog from "radix-ui/dialog";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { useTasks } from "../live/use-tasks.ts";
import { useMay } from "./actor-context.tsx";
import { PLACES } from "./places.ts";
import { taskHref } from "./task-href.ts";
import { shellCommand } from "./shell-commands.ts";

/** Tasks offered at a time, the best of all that match. */
const MOST_TASKS = 12;

const ITEM =
  "data-[selected=true]:bg-hover flex h-9 items-center gap-3 rounded-md px-3 text-sm select-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:text-muted";

/** Everything one may do or go to, by a few letters of its name. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const [text, setText] = useState("");
  const tasks = useMatchingTasks(useDeferredValue(text));
  const { may } = useMay("editor");
  const dark = resolvedTheme === "dark";
  const run = (action: () => void) => () => {
    onClose();
    action();
  };
  const commands: { name: string; icon: ReactNode; may: boolean; action(): void }[] = [
    { name: "Sync now", icon: <RefreshCw />, may, action: () => shellCommand("sync") },
    { name: "Preview a sync", icon: <ScanSearch />, may, action: () => shellCommand("preview") },
    { name: "New task", icon: <Plus />, may, action: () => router.push("/?new") },
    {
      name: dark ? "Light theme" : "Dark theme",
      icon: dark ? <Sun /> : <Moon />,
      may: true,
      action: () => setTheme(dark ? "light" : "dark"),
    },
    { name: "Keyboard shortcuts", icon: <Keyboard />, may: true, action: () => shellCommand("shortcuts") },
  ];
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (name: string) => words.every((word) => name.toLowerCase().includes(word));
  const shownPlaces = PLACES.filter((place) => matches(`go to ${place.name}`));
  const shownCommands = commands.filter((command) => command.may && matches(command.name));
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
              <Command.Empty className="text-muted px-3 py-8 text-center">
                Nothing is called that.
              </Command.Empty>
              {shownCommands.length > 0 && (
                <Group name="Do">
                  {shownCommands.map((command) => (
                    <Command.Item
                      key={command.name}
                      value={`do ${command.name}`}
                      onSelect={run(command.action)}
                      className={ITEM}
                    >
                      {command.icon} {command.name}
                    </Command.Item>
                  ))}
                </Group>
              )}
              {shownPlaces.length > 0 && (
                <Group name="Go to">
                  {shownPlaces.map(({ href, name, icon: Icon }) => (
                    <Command.Item
                      key={href}
                      value={`go ${name}`}
                      onSelect={run(() => router.push(href))}
                      className={ITEM}
                    >
                      <Icon /> {name}
                    </Command.Item>
                  ))}
                </Group>
              )}
              {tasks.length > 0 && (
                <Group name="Tasks">
                  {tasks.map(({ key, task }) => (
                    <Command.Item
                      key={key}
                      value={`task ${key}`}
                      onSelect={run(() => router.push(taskHref(task.id, task.source)))}
                      className={ITEM}
                    >
                      <ListChecks />
                      <span className="truncate">{task.skill_name}</span>
                      <span className="text-muted ml-auto font-mono text-xs">{task.id}</span>
                    </Command.Item>
                  ))}
                </Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={name}
      className="[&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function useMatchingTasks(text: string) {
  const { data } = useTasks();
  return useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0 || !data) return [];
    const found = [];
    for (const row of data.rows) {
      if (!words.every((word) => row.text.includes(word))) continue;
      found.push(row);
      if (found.length === MOST_TASKS) break;
    }
    return found;
  }, [data, text]);
}
