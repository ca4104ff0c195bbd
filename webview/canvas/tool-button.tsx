import { Icon } from "./icon.js";

interface ToolButtonProps {
  /** Stable name, for tests. */
  readonly command: string;
  /** What it does, as a tooltip and for screen readers. */
  readonly label: string;
  /** The tooltip, where that says more: the key that does the same. */
  readonly title?: string;
  /** A codicon, or another sign. */
  readonly icon: string | React.ReactElement;
  /** Of one that stays in or out. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** A small button that is an icon. */
export function ToolButton({
  command,
  label,
  title = label,
  icon,
  pressed,
  disabled = false,
  onClick,
}: ToolButtonProps): React.ReactElement {
  return (
    <button
      type="button"
      className="tool"
      data-command={command}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      disabled={disabled}
      onClick={onClick}
    >
      {typeof icon === "string" ? <Icon name={icon} /> : icon}
    </button>
  );
}
