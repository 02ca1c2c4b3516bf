"use client";

import { Plus } from "lucide-react";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";

export function NewTaskButton({ onNew }: { onNew(): void }) {
  const { may, why } = useMay("editor");
  if (!may) return <MissingRole why={why} />;
  return (
    <Button look="primary" onClick={onNew}>
      <Plus aria-hidden /> New task
    </Button>
  );
}
