"use client";

import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import type { SourceJson } from "../../lib/protocol/source.ts";
import { call } from "../live/api.ts";
import { useMay } from "../shell/actor-context.tsx";
import { MissingRole } from "../shell/missing-role.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { Field, Input, TextArea } from "../ui/field.tsx";
import { AS_CONFIGURED, MAP, PAGINATOR, sampleBody, type SampleForm, sampleLines } from "./sample-form.ts";
import { SampleView } from "./sample-view.tsx";

interface TriedField {
  name: keyof SampleForm;
  label: string;
  hint: string;
  /** The kinds of source that have it. */
  kinds: readonly string[];
}

const [OF_HTTP, OF_OBJECTS, OF_TASKS] = [["http", "http_tasks"], ["http", "csv"], ["http_tasks"]];
const FIELDS: readonly TriedField[] = [
  { name: "path", label: "path", hint: "After the base_url, such as /projects", kinds: OF_HTTP },
  {
    name: "data_selector",
    label: "data_selector",
    hint: "A JSONPath to the list, such as $.data",
    kinds: OF_HTTP,
  },
  {
    name: "primary_key",
    label: "primary_key",
    hint: "A field, or several with commas between them",
    kinds: OF_OBJECTS,
  },
  {
    name: "updated_at",
    label: "updated_at",
    hint: "The field that tells when an item changed there",
    kinds: OF_OBJECTS,
  },
  {
    name: "parent",
    label: "Parent",
    hint: "The key of the parent whose list is read; by default the first",
    kinds: ["http"],
  },
];

/** What is written as a map. */
const MAPS: readonly (TriedField & { rows: number })[] = [
  { name: "map", label: "map", hint: `Our fields from theirs: ${MAP}`, kinds: OF_TASKS, rows: 5 },
  { name: "paginator", label: "paginator", hint: `A map: ${PAGINATOR}`, kinds: OF_HTTP, rows: 2 },
];

/** Tries a source out: its first request, five rows, and what is made of them. Nothing is stored. */
export function SourceTest({ source }: { source: SourceJson }) {
  const { may, why } = useMay("admin");
  const [form, setForm] = useState(AS_CONFIGURED);
  const test = useMutation({
    mutationFn: async (typed: SampleForm) => {
      const body = sampleBody(source.id, typed);
      const { sample } = await call("POST /api/sources/test", { body });
      return { sample, lines: sampleLines(body) };
    },
  });
  return (
    <section aria-label="Test" className="mb-5 flex flex-col gap-3 rounded-lg border p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">Test</h3>
        <p className="text-muted text-xs">Reads the first items. Nothing is stored.</p>
        <div className="ml-auto">
          {may ? (
            <Button disabled={test.isPending || source.removed_at !== null} onClick={() => test.mutate(form)}>
              <FlaskConical aria-hidden /> {test.isPending ? "Testing…" : "Test"}
            </Button>
          ) : (
            <MissingRole why={why} />
          )}
        </div>
      </div>
      {may && (
        <OtherSettings kind={source.kind} form={form} onForm={setForm} onTest={() => test.mutate(form)} />
      )}
      <ErrorNote error={test.error} />
      {test.data && (
        <div aria-live="polite">
          <SampleView {...test.data} />
        </div>
      )}
    </section>
  );
}

interface OtherSettingsProps {
  kind: string;
  form: SampleForm;
  onForm(form: SampleForm): void;
  onTest(): void;
}

function OtherSettings({ kind, form, onForm, onTest }: OtherSettingsProps) {
  return (
    <details>
      <summary className="text-accent-text w-fit rounded text-sm">Try other settings first</summary>
      <form
        className="mt-3 grid grid-cols-1 gap-3 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          onTest();
        }}
      >
        {FIELDS.filter(({ kinds }) => kinds.includes(kind)).map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint}>
            {(control) => (
              <Input
                {...control}
                value={form[name]}
                placeholder="as in sources.yml"
                spellCheck={false}
                onChange={(event) => onForm({ ...form, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {MAPS.filter(({ kinds }) => kinds.includes(kind)).map((field) => (
          <MapField key={field.name} {...{ field, form, onForm }} />
        ))}
        <button type="submit" className="sr-only" tabIndex={-1}>
          Test these settings
        </button>
      </form>
    </details>
  );
}

interface MapFieldProps extends Pick<OtherSettingsProps, "form" | "onForm"> {
  field: (typeof MAPS)[number];
}

function MapField({ field: { name, label, hint, rows }, form, onForm }: MapFieldProps) {
  return (
    <div className="sm:col-span-2">
      <Field label={label} hint={hint}>
        {(control) => (
          <TextArea
            {...control}
            rows={rows}
            value={form[name]}
            placeholder="as in sources.yml"
            spellCheck={false}
            className="font-mono"
            onChange={(event) => onForm({ ...form, [name]: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
