import { useCanvas, useServices } from "../store/context.js";

interface SectionProps {
  readonly title: string;
  /** As long as nobody has folded or unfolded it. */
  readonly open?: boolean;
  /** What is within is only there while it is unfolded: it asks the host. */
  readonly lazy?: boolean;
  readonly children: React.ReactNode;
}

/** A part of the inspector that can be folded; it stays so for all that is selected later. */
export function Section({ title, open = true, lazy = false, children }: SectionProps): React.ReactElement {
  const { store } = useServices();
  const name = title.toLowerCase();
  const chosen = useCanvas((state) => state.inspector.sections?.[name]);
  const shown = chosen ?? open;
  const onToggle = (event: React.ToggleEvent<HTMLDetailsElement>): void => {
    const { inspector, setInspector } = store.getState();
    if (event.currentTarget.open !== shown) setInspector({ sections: { ...inspector.sections, [name]: !shown } });
  };
  return (
    <details className="section" open={shown} data-section={name} onToggle={onToggle}>
      <summary>{title}</summary>
      {(shown || !lazy) && <div className="section-body">{children}</div>}
    </details>
  );
}
