// A button with an optional icon. Knows no action by name.
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import "./controls.css";

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  readonly look?: "primary" | "plain" | "quiet" | "danger";
  readonly icon?: LucideIcon;
  readonly iconOnly?: boolean; // the children become the name that is read out and shown on hover
  /** Stays focusable, so that its description can be read: say there why. */
  readonly inactive?: boolean;
}

export function Button({
  look = "plain",
  icon: Icon,
  iconOnly = false,
  inactive = false,
  children,
  className = "",
  onClick,
  ...rest
}: ButtonProps) {
  const name = iconOnly && typeof children === "string" ? children : undefined;
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} ${iconOnly ? "button-icon" : ""} ${className}`}
      aria-disabled={inactive || undefined}
      onClick={inactive ? (event) => event.preventDefault() : onClick}
      {...(name !== undefined && { "aria-label": name, title: rest.title ?? name })}
    >
      {Icon && <Icon aria-hidden size="1.15em" />}
      {!iconOnly && <span>{children}</span>}
    </button>
  );
}
