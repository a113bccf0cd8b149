// A button that asks for a file, or for several. Reads nothing of them.
import { useRef, type ComponentProps } from "react";
import { Button } from "./Button.tsx";

interface FileButtonProps extends Omit<ComponentProps<typeof Button>, "onClick"> {
  readonly accept: string;
  readonly label: string; // of the input that a browser opens
  readonly multiple?: boolean;
  readonly onGiven: (files: readonly File[]) => void; // at least one
}

export function FileButton({ accept, label, multiple = false, onGiven, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={accept}
        aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = ""; // the same file can be chosen again
          if (files.length > 0) onGiven(files);
        }}
      />
    </>
  );
}
