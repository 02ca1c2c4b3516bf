"use client";

import clsx from "clsx";
import { Check } from "lucide-react";
import type * as Radix from "radix-ui/dropdown-menu";
import {
  cloneElement,
  createContext,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { loadAgain } from "./load-again.ts";

type Primitives = typeof Radix;

/** What menus are made of. It is loaded with the first menu that is opened, because a page works without it. */
const PrimitivesContext = createContext<Primitives | null>(null);
const loadPrimitives = loadAgain(() => import("radix-ui/dropdown-menu"));

/** @throws outside of a menu. */
function usePrimitives(): Primitives {
  const primitives = useContext(PrimitivesContext);
  if (primitives === null) throw new Error("this is part of a menu");
  return primitives;
}

interface DropdownMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  align?: "start" | "end";
  children: ReactNode;
}

/** A menu under a button. `trigger` is one element that takes a ref; `children` are the items below. */
export function DropdownMenu({ trigger, align = "end", children }: DropdownMenuProps) {
  const [primitives, setPrimitives] = useState<Primitives | null>(null);
  const [byKeyboard, setByKeyboard] = useState(false);
  if (primitives === null) {
    const open = (withKey: boolean) => {
      setByKeyboard(withKey);
      void loadPrimitives().then((loaded) => setPrimitives(loaded));
    };
    const prepare = () => void loadPrimitives();
    return cloneElement(trigger, {
      "aria-haspopup": "menu",
      "aria-expanded": false,
      onPointerEnter: prepare,
      onFocus: prepare,
      // A press of Enter or the space bar is a click without a count.
      onClick: ({ detail }: MouseEvent) => open(detail === 0),
      onKeyDown: ({ key }: { key: string }) => key === "ArrowDown" && open(true),
    });
  }
  const { Root, Trigger, Portal, Content } = primitives;
  return (
    <PrimitivesContext value={primitives}>
      <Root defaultOpen onOpenChange={() => setByKeyboard(false)}>
        <Trigger asChild>{trigger}</Trigger>
        <Portal>
          <Content
            align={align}
            sideOffset={4}
            collisionPadding={8}
            className="animate-appear bg-raised z-50 max-h-[70dvh] min-w-48 overflow-y-auto rounded-lg border p-1 shadow-lg"
          >
            {byKeyboard && <FirstItem />}
            {children}
          </Content>
        </Portal>
      </Root>
    </PrimitivesContext>
  );
}

/**
 * Focuses the first item when the menu is first opened by a key. The library does so from the second time on, because it was not
 * loaded yet when the key was pressed.
 */
function FirstItem() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    here.current?.parentElement?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }, []);
  return <span ref={here} hidden />;
}

const ITEM =
  "flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

export function MenuItem({
  onSelect,
  disabled,
  danger,
  children,
}: {
  onSelect(): void;
  disabled?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  const { Item } = usePrimitives();
  return (
    <Item onSelect={onSelect} disabled={disabled ?? false} className={clsx(ITEM, danger && "text-bad-text")}>
      {children}
    </Item>
  );
}

/** An item with a check mark. The menu stays open, so that several items can be checked. */
export function MenuCheckItem({
  checked,
  onCheckedChange,
  children,
}: {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
  children: ReactNode;
}) {
  const { CheckboxItem, ItemIndicator } = usePrimitives();
  return (
    <CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={ITEM}
    >
      <span className="border-border-strong flex size-4 shrink-0 items-center justify-center rounded border">
        <ItemIndicator>
          <Check className="text-accent-text !size-3" aria-hidden />
        </ItemIndicator>
      </span>
      {children}
    </CheckboxItem>
  );
}

export function MenuRadioGroup({
  value,
  onValueChange,
  options,
}: {
  value: string;
  onValueChange(value: string): void;
  options: readonly { value: string; label: ReactNode }[];
}) {
  const { RadioGroup, RadioItem, ItemIndicator } = usePrimitives();
  return (
    <RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="flex size-4 shrink-0 items-center justify-center">
            <ItemIndicator>
              <Check className="text-accent-text" aria-hidden />
            </ItemIndicator>
          </span>
          {option.label}
        </RadioItem>
      ))}
    </RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = usePrimitives();
  return <Label className="text-muted px-2 py-1 text-xs font-medium">{children}</Label>;
}

export function MenuSeparator() {
  const { Separator } = usePrimitives();
  return <Separator className="bg-border -mx-1 my-1 h-px" />;
}
