// A box for words that something is found by. Finds nothing itself.
interface SearchBoxProps {
  readonly label: string; // read out
  readonly placeholder?: string; // left out: the label
  readonly className?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function SearchBox({ label, placeholder = label, className = "", value, onValue }: SearchBoxProps) {
  return (
    <input
      className={`textBox ${className}`}
      type="search"
      placeholder={placeholder}
      aria-label={label}
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
