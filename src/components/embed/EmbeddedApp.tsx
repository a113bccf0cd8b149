// The lab within another page: fetched there only.
import { Suspense } from "react";
import { lazyPart } from "../controls/lazyPart.tsx";
import { ErrorBoundary } from "../controls/ErrorBoundary.tsx";

const EmbedPage = lazyPart(async () => (await import("./EmbedPage.tsx")).EmbedPage);

export function EmbeddedApp() {
  return (
    <ErrorBoundary part="The lab">
      <Suspense fallback={<p className="page">Loading …</p>}>
        <EmbedPage />
      </Suspense>
    </ErrorBoundary>
  );
}
