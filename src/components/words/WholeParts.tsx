// A line of facts set apart by dots, of which each is shown whole or, where there is no room for it, not at all.
import "./words.css";

/** @param parts the most important first: the last ones give way */
export function WholeParts({ parts }: { readonly parts: readonly string[] }) {
  return (
    <span className="wholeParts">
      {parts.map((part, i) => (
        <span key={part}>
          {i > 0 && " · "}
          {part}
        </span>
      ))}
    </span>
  );
}
