// The page's head: name, in the lab the training bar, then device, share, help, size of text, theme. Owns those attributes of the document.
import { CircleHelp, Database, Link2, Moon, Presentation, Sun, SunMoon } from "lucide-react";
import { useLayoutEffect } from "react";
import { useStore } from "zustand";
import { preferencesStore, type Theme } from "../../state/preferencesStore.ts";
import { DATA_ADDRESS, viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { DeviceBadge } from "./DeviceBadge.tsx";
import { Transport } from "./Transport.tsx";

const THEMES: Readonly<Record<Theme, { icon: typeof Sun; name: string; next: Theme }>> = {
  system: { icon: SunMoon, name: "Theme: as the system", next: "light" },
  light: { icon: Sun, name: "Theme: light", next: "dark" },
  dark: { icon: Moon, name: "Theme: dark", next: "system" },
};

export function Header({ onShare, onHelp }: { onShare: () => void; onHelp: () => void }) {
  const view = useStore(viewStore, (state) => state.view);
  const theme = useStore(preferencesStore, (state) => state.theme);
  // Before the first paint, so that no light page flashes in a dark room.
  useLayoutEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const bigText = useStore(preferencesStore, (state) => state.bigText);
  useLayoutEffect(() => {
    if (bigText) document.documentElement.dataset["text"] = "big";
    else delete document.documentElement.dataset["text"];
  }, [bigText]);
  const { icon, name, next } = THEMES[theme];
  return (
    <header className="header" data-page={view}>
      <svg className="header-mark" viewBox="0 0 32 32" aria-hidden>
        <path d="M16 5 28.1 26H3.9z" />
        <circle cx="16" cy="6.5" r="4.5" fill="var(--kind-multi)" />
        <circle cx="5.5" cy="25" r="4.5" fill="var(--kind-mono)" />
        <circle cx="26.5" cy="25" r="4.5" fill="var(--kind-cross)" />
      </svg>
      <div className="header-name">
        <h1>Hybrid Batch Lab</h1>
        {view !== "lab" && (
          <p>Train multilingual retrieval in your browser, and see what batches do to languages</p>
        )}
      </div>
      {view === "lab" && <Transport />}
      <div className="header-tools">
        <DeviceBadge />
        <a
          className="button header-link"
          aria-label="Data"
          title="Data"
          href={DATA_ADDRESS}
          aria-current={view === "data" ? "page" : undefined}
        >
          <Database aria-hidden size="1.15em" />
          <span>Data</span>
        </a>
        <Button
          icon={Link2}
          className="header-share"
          aria-label="Share"
          title="Share"
          onClick={onShare}
          aria-haspopup="dialog"
        >
          Share
        </Button>
        <Button
          look="quiet"
          icon={CircleHelp}
          iconOnly
          title="Help and keys (?)"
          aria-haspopup="dialog"
          aria-keyshortcuts="?"
          onClick={onHelp}
        >
          Help
        </Button>
        <Button
          look="quiet"
          icon={Presentation}
          iconOnly
          className="header-big"
          title="Larger text, for a big screen"
          aria-pressed={bigText}
          onClick={() => preferencesStore.getState().setBigText(!bigText)}
        >
          Big screen
        </Button>
        <Button look="quiet" icon={icon} iconOnly onClick={() => preferencesStore.getState().setTheme(next)}>
          {name}
        </Button>
      </div>
    </header>
  );
}
