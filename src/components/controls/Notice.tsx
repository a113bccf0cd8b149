// A sentence that the page says of its own accord: good, worth knowing, or wrong.
import { CircleCheck, CircleX, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

interface NoticeProps {
  readonly tone: "good" | "info" | "warn" | "bad";
  readonly title?: string;
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
}

const ICONS = { good: CircleCheck, info: Info, warn: TriangleAlert, bad: CircleX };

export function Notice({ tone, title, children, onDismiss }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <section className={`notice notice-${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon className="notice-icon" aria-hidden size="1.25em" />
      <div className="notice-text">
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {onDismiss && (
        <Button look="quiet" icon={X} iconOnly onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </section>
  );
}
