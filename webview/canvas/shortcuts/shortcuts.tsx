import "./shortcuts.css";
import { useEffect, useRef } from "react";
import { useCanvas, useServices } from "../../store/context.js";
import { Icon } from "../icon.js";
import { handGroups, type Hand } from "./hands.js";

/** The list of keys and gestures, where somebody asked for it. */
export function Shortcuts(): React.ReactElement | null {
  const open = useCanvas((state) => state.shortcuts);
  return open ? <OpenShortcuts /> : null;
}

function OpenShortcuts(): React.ReactElement {
  const { store } = useServices();
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => store.getState().showShortcuts(false);
  useEffect(() => {
    const before = document.activeElement;
    button.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== "Escape" && event.key !== "?") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <div className="shortcuts-veil" onClick={(event) => event.target === event.currentTarget && close()}>
      <div className="shortcuts" role="dialog" aria-modal="true" aria-label="Keys and gestures" onKeyDown={onKeyDown}>
        <header className="shortcuts-head">
          <h2>Keys and gestures</h2>
          <button ref={button} type="button" className="tool" aria-label="Close (Escape)" title="Close (Escape)" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="shortcuts-groups" tabIndex={0} role="region" aria-label="All keys and gestures">
          {handGroups.map(({ title, hands }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>{hands.map((hand) => row(hand))}</dl>
            </section>
          ))}
        </div>
      </div>
    </div>
  );
}

function row({ what, ways }: Hand): React.ReactElement {
  return (
    <div key={what} className="shortcuts-row">
      <dt>{what}</dt>
      <dd>
        {ways.map((way, index) => (
          <span key={way}>
            {index > 0 && <span className="shortcuts-or">or</span>}
            <Way text={way} />
          </span>
        ))}
      </dd>
    </div>
  );
}

/** A way with its keys as keys. */
export function Way({ text }: { readonly text: string }): React.ReactElement {
  return <>{text.split("`").map((part, index) => (index % 2 === 1 ? <kbd key={part}>{keyName(part)}</kbd> : part))}</>;
}

/** A key as this machine calls it. */
function keyName(key: string): string {
  return /mac/i.test(navigator.platform) ? key.replaceAll("Ctrl", "⌘").replaceAll("Alt", "⌥").replaceAll("Shift", "⇧") : key;
}
