"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";

/** Shows a secret that cannot be shown again, with a button to copy it. */
export function ShownOnce({
  title,
  what,
  value,
  children,
  onClose,
}: {
  title: string;
  what: string;
  value: string;
  children?: ReactNode;
  onClose(): void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description="This is shown once. Copy it now: it is kept only as a hash."
      size="medium"
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Copyable label={what} value={value} />
        {children}
      </div>
    </Dialog>
  );
}

/** Text with a button that copies it. If the browser refuses, the text is selected instead. */
export function Copyable({ label, value }: { label: string; value: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    input.current?.select();
    // Browsers offer the clipboard only to pages of a secure origin.
    await navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div>
      <label id={`${id}-what`} htmlFor={id} className="mb-1 block text-xs font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <Input
          ref={input}
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono !text-xs"
        />
        <Button onClick={() => void copy()} aria-describedby={`${id}-what`}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />} {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </p>
    </div>
  );
}
