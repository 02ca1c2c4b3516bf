"use client";

import { ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { isMap, type Json, type JsonMap } from "../../lib/json.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { convert, emptyLike, KINDS, kindOf, swapped, withEntry } from "./json-kinds.ts";

interface TreeProps<Value extends Json> {
  value: Value;
  disabled: boolean;
  onChange(value: Value): void;
  /** The path to this map, for the names of the controls. */
  name: string;
}

export function MapTree({ value, disabled, onChange, name }: TreeProps<JsonMap>) {
  const entries = Object.entries(value);
  const free = () => {
    for (let i = 1; ; i += 1) if (!Object.hasOwn(value, `key${i}`)) return `key${i}`;
  };
  return (
    <div className="flex flex-col gap-1.5">
      {entries.map(([key, entry], index) => (
        // Entries are identified by their place, so that a renamed key keeps its field and the focus.
        <div key={index} className="flex flex-col gap-1.5">
          <div className="flex items-center gap-1.5">
            <KeyInput
              name={name}
              value={key}
              taken={value}
              disabled={disabled}
              onChange={(next) => onChange(withEntry(value, index, next, entry))}
            />
            <ValueLine
              value={entry}
              disabled={disabled}
              name={`${name} ${key}`}
              onChange={(next) => onChange(withEntry(value, index, key, next))}
            />
            <Remove
              disabled={disabled}
              name={`${name} ${key}`}
              onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== index)))}
            />
          </div>
          <Nested
            value={entry}
            disabled={disabled}
            name={`${name} ${key}`}
            onChange={(next) => onChange(withEntry(value, index, key, next))}
          />
        </div>
      ))}
      <Add disabled={disabled} onClick={() => onChange({ ...value, [free()]: "" })}>
        Add a key
      </Add>
    </div>
  );
}

function ListTree({ value, disabled, onChange, name }: TreeProps<Json[]>) {
  const last = value.at(-1);
  return (
    <div className="flex flex-col gap-1.5">
      {value.map((entry, index) => (
        <div key={index} className="flex flex-col gap-1.5">
          <div className="flex items-center gap-1.5">
            <span className="text-muted w-6 text-right font-mono text-xs">{index + 1}</span>
            <ValueLine
              value={entry}
              disabled={disabled}
              name={`${name} ${index + 1}`}
              onChange={(next) => onChange(value.with(index, next))}
            />
            <Move
              disabled={disabled || index === 0}
              name={`${name} ${index + 1}`}
              onClick={() => onChange(swapped(value, index))}
            />
            <Remove
              disabled={disabled}
              name={`${name} ${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          </div>
          <Nested
            value={entry}
            disabled={disabled}
            name={`${name} ${index + 1}`}
            onChange={(next) => onChange(value.with(index, next))}
          />
        </div>
      ))}
      <Add disabled={disabled} onClick={() => onChange([...value, emptyLike(last)])}>
        Add an entry
      </Add>
    </div>
  );
}

function Nested({ value, ...rest }: TreeProps<Json>) {
  if (!isMap(value) && !Array.isArray(value)) return null;
  return (
    <div className="ml-2 border-l pl-3">
      {Array.isArray(value) ? <ListTree value={value} {...rest} /> : <MapTree value={value} {...rest} />}
    </div>
  );
}

/** The name of a key. It takes effect when the field is left, because a half-typed name could replace another key. */
function KeyInput({
  name,
  value,
  taken,
  disabled,
  onChange,
}: {
  name: string;
  value: string;
  taken: JsonMap;
  disabled: boolean;
  onChange(key: string): void;
}) {
  const [text, setText] = useState<string | null>(null);
  const wrong = text !== null && text !== value && (text === "" || Object.hasOwn(taken, text));
  return (
    <Input
      aria-label={`${name}: key`}
      aria-invalid={wrong}
      title={wrong ? "Each key must be unique and not empty" : undefined}
      value={text ?? value}
      disabled={disabled}
      spellCheck={false}
      className="!w-2/5 font-mono !text-xs"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text !== null && text !== value && !wrong) onChange(text);
        setText(null);
      }}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}

function ValueLine({ value, disabled, onChange, name }: TreeProps<Json>) {
  const kind = kindOf(value);
  return (
    <>
      <div className="min-w-0 flex-1">
        {kind === "text" && (
          <Input
            aria-label={name}
            value={value as string}
            disabled={disabled}
            className="!text-xs"
            onChange={(event) => onChange(event.target.value)}
          />
        )}
        {kind === "number" && (
          <NumberInput value={value as number} disabled={disabled} name={name} onChange={onChange} />
        )}
        {kind === "yes/no" && (
          <Select
            label={name}
            size="medium"
            className="w-full"
            disabled={disabled}
            value={value === true ? "true" : "false"}
            onValueChange={(next) => onChange(next === "true")}
            options={YES_NO}
          />
        )}
        {(kind === "map" || kind === "list" || kind === "nothing") && (
          <span className="text-muted text-xs">{kind === "nothing" ? "null" : ""}</span>
        )}
      </div>
      <Select
        label={`${name}: kind`}
        size="small"
        className="w-22 !h-8"
        disabled={disabled}
        value={kind}
        onValueChange={(next) => onChange(convert(value, next))}
        options={KINDS}
      />
    </>
  );
}

const YES_NO = [
  { value: "true", label: "true" },
  { value: "false", label: "false" },
] as const;

function NumberInput({ value, disabled, onChange, name }: TreeProps<Json> & { value: number }) {
  const [text, setText] = useState<string | null>(null);
  const number = text === null || text.trim() === "" ? NaN : Number(text);
  return (
    <Input
      aria-label={name}
      aria-invalid={text !== null && !Number.isFinite(number)}
      inputMode="decimal"
      value={text ?? String(value)}
      disabled={disabled}
      className="font-mono !text-xs"
      onChange={(event) => {
        setText(event.target.value);
        const next = event.target.value.trim() === "" ? NaN : Number(event.target.value);
        if (Number.isFinite(next)) onChange(next);
      }}
      onBlur={() => setText(null)}
    />
  );
}

/** Moves an entry of a list up by one; the one above it goes down. */
function Move({ name, disabled, onClick }: { name: string; disabled: boolean; onClick(): void }) {
  return (
    <Button
      look="ghost"
      size="icon-small"
      aria-label={`Move ${name} up`}
      disabled={disabled}
      onClick={onClick}
    >
      <ArrowUp />
    </Button>
  );
}

function Remove({ name, disabled, onClick }: { name: string; disabled: boolean; onClick(): void }) {
  return (
    <Button
      look="ghost"
      size="icon-small"
      aria-label={`Remove ${name}`}
      disabled={disabled}
      onClick={onClick}
    >
      <X />
    </Button>
  );
}

function Add({ disabled, onClick, children }: { disabled: boolean; onClick(): void; children: string }) {
  return (
    <div>
      <Button look="ghost" size="small" disabled={disabled} onClick={onClick} className="!text-muted">
        <Plus aria-hidden /> {children}
      </Button>
    </div>
  );
}
