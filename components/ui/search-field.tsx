import { Search } from "lucide-react";
import type { RefObject } from "react";
import { Input } from "./field.tsx";
import { Kbd } from "./kbd.tsx";

interface SearchFieldProps {
  text: string;
  onText(text: string): void;
  field: RefObject<HTMLInputElement | null>;
  /** Enter and the down key lead to what was found. */
  onLeave(): void;
  /** Its name for screen readers. */
  label: string;
  placeholder: string;
  maxLength?: number;
}

/** The search field of a list, to which the key `/` leads. */
export function SearchField({ text, onText, field, onLeave, label, ...more }: SearchFieldProps) {
  return (
    <div className="relative w-full sm:max-w-72 sm:flex-[1_1_12rem]">
      <Search className="text-muted pointer-events-none absolute top-2 left-2.5 size-4" aria-hidden />
      <Input
        ref={field}
        type="search"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          event.preventDefault();
          onLeave();
        }}
        aria-label={label}
        className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
        {...more}
      />
      <span className="pointer-events-none absolute top-1.5 right-1.5 hidden sm:block" aria-hidden>
        <Kbd>/</Kbd>
      </span>
    </div>
  );
}
