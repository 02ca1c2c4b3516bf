/** Commands that the palette and the shortcuts send to other parts of the shell. */
export type ShellCommand = "sync" | "preview" | "palette" | "shortcuts" | "problems";

type Listener = (command: ShellCommand) => void;
const listeners = new Set<Listener>();

export function onShellCommand(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function shellCommand(command: ShellCommand): void {
  for (const listener of [...listeners]) listener(command);
}
