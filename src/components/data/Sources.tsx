// Where a dataset comes from, under which licence, how it is cited and how it became pairs.

interface SourcesProps {
  readonly licence: string;
  readonly licenceUrl?: string | undefined;
  readonly source: string;
  readonly citation: string;
  readonly conversion?: string | undefined;
  readonly contamination?: string | undefined;
}

export function Sources(props: SourcesProps) {
  const { licence, licenceUrl, source, citation, conversion, contamination } = props;
  return (
    <dl className="sources">
      <dt>Licence</dt>
      <dd>
        {licenceUrl === undefined ? (
          licence || "Not stated"
        ) : (
          <a href={licenceUrl} target="_blank" rel="noreferrer">
            {licence}
          </a>
        )}
      </dd>
      <dt>Source</dt>
      <dd>{source || "Not stated"}</dd>
      {conversion !== undefined && (
        <>
          <dt>How it became pairs</dt>
          <dd>{conversion}</dd>
        </>
      )}
      {contamination !== undefined && (
        <>
          <dt>Contaminated by</dt>
          <dd>{contamination}</dd>
        </>
      )}
      <dt>To cite</dt>
      <dd>{citation || "Not stated"}</dd>
    </dl>
  );
}
