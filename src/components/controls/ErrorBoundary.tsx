// Catches what fails while drawing, so that the page never goes blank: message, ways out, details to copy.
import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "./Button.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { askForLostParts, isUnfetched } from "./lazyPart.tsx";

interface ErrorBoundaryProps {
  readonly part: string; // "The page", "The results": what could not be drawn
  readonly onReset?: () => void; // puts the cause away, e.g. the form back to its preset
  readonly resetLabel?: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error?: unknown;
  readonly stack?: string;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = {};

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ stack: info.componentStack ?? "" });
  }

  readonly again = () => {
    askForLostParts();
    this.setState({ error: undefined });
  };

  override render(): ReactNode {
    const { error, stack = "" } = this.state;
    if (error === undefined) return this.props.children;
    const message = error instanceof Error ? error.message : JSON.stringify(error);
    const trace = error instanceof Error ? (error.stack ?? "") : "";
    const details = [message, window.location.href, navigator.userAgent, trace, stack].join("\n\n");
    const { onReset } = this.props;
    const away = isUnfetched(error);
    return (
      <section className="failed" role="alert">
        <h2>
          {this.props.part} could not be {away ? "fetched" : "drawn"}
        </h2>
        <p>
          {away
            ? navigator.onLine
              ? "The page’s server did not give this part. It may be newer than this page: try again, or reload the page."
              : "You seem to be offline. Connect to the network, then try again; what you did here is kept."
            : "This is a fault of the lab, not yours. Recorded runs are kept. The browser said: "}
          {!away && <q>{message}</q>}
        </p>
        <div className="failed-actions">
          <Button look="primary" onClick={this.again}>
            Try again
          </Button>
          {onReset && (
            <Button
              onClick={() => {
                onReset();
                this.again();
              }}
            >
              {this.props.resetLabel ?? "Reset"}
            </Button>
          )}
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
          <CopyButton text={details}>Copy the details</CopyButton>
        </div>
      </section>
    );
  }
}
