// Tabs of which one is chosen. One stop of the Tab key; arrow keys, Home and End go from tab to tab and choose it.
import type { LucideIcon } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { tabId } from "./tabId.ts";
import "./controls.css";

interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: LucideIcon }[];
  readonly panelId: string; // of the element that shows the chosen one
  readonly onChange: (value: T) => void;
}

export function Tabs<T extends string>({ label, value, options, panelId, onChange }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  // Where they do not all fit, the chosen one is in sight; the page stays where it is.
  useEffect(() => {
    const frame = list.current!.parentElement!;
    const seen = new ResizeObserver(() => {
      const tab = list.current!.querySelector("[aria-selected=true]")!.getBoundingClientRect();
      const { left, right } = frame.getBoundingClientRect();
      frame.scrollLeft += Math.min(0, tab.left - left) + Math.max(0, tab.right - right);
    });
    seen.observe(frame); // told at once, and when a phone is turned
    return () => seen.disconnect();
  }, [value]);
  const go = (event: KeyboardEvent) => {
    const at = options.findIndex((option) => option.value === value);
    const places: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % options.length,
      ArrowLeft: (at + options.length - 1) % options.length,
      Home: 0,
      End: options.length - 1,
    };
    const next = options[places[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    document.getElementById(tabId(next.value))?.focus();
  };
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={go}>
      {options.map(({ value: one, label: name, icon: Icon }) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={tabId(one)}
          aria-selected={one === value}
          aria-controls={one === value ? panelId : undefined}
          tabIndex={one === value ? 0 : -1}
          onClick={() => onChange(one)}
        >
          {Icon && <Icon aria-hidden size="1.1em" />}
          {name}
        </button>
      ))}
    </div>
  );
}
