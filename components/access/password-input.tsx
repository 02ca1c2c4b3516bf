"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type { FieldControl } from "../ui/field.tsx";
import { Input } from "../ui/field.tsx";

/** A password field with a button that shows the text. */
export function PasswordInput({
  control,
  name,
  fresh = false,
  autoFocus = false,
}: {
  control: FieldControl;
  name: string;
  /** A new password, which a password manager may offer to generate. */
  fresh?: boolean;
  autoFocus?: boolean;
}) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...control}
        name={name}
        type={shown ? "text" : "password"}
        autoComplete={fresh ? "new-password" : "current-password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        maxLength={128}
        autoFocus={autoFocus}
        className="h-9 pr-10"
      />
      <button
        type="button"
        aria-label={shown ? "Hide the password" : "Show the password"}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="text-muted hover:text-text absolute inset-y-0 right-0 flex w-9 items-center justify-center rounded-md"
      >
        <Icon className="size-4" aria-hidden />
      </button>
    </div>
  );
}
