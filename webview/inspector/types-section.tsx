import { useCanvas, useServices } from "../store/context.js";
import { keyOf, useAnswer } from "../store/use-answer.js";
import { Section } from "./section.js";
import { ToolButton } from "../canvas/tool-button.js";

/** The types of the graph's channels in TypeScript, or of what a node's handler is given and may write. */
export function TypesSection({ node }: { readonly node?: string }): React.ReactElement {
  return (
    <Section title="Types" open={false} lazy>
      <Types node={node} />
    </Section>
  );
}

function Types({ node }: { readonly node: string | undefined }): React.ReactElement {
  const { host } = useServices();
  const text = useTypes(node);
  return (
    <>
      <pre className="declaration" data-types={node ?? ""}>
        {text}
      </pre>
      <div className="buttons">
        <ToolButton command="types/copy" label="Copy the types" icon="copy" onClick={() => host.command("text/copy", { text })} />
        <ToolButton command="types/open" label="Open the declarations" icon="go-to-file" onClick={() => host.command("types/open", {})} />
      </div>
    </>
  );
}

function useTypes(node: string | undefined): string {
  const { host } = useServices();
  const revision = useCanvas((state) => state.graph?.revision);
  const told = useAnswer(keyOf(node, revision), () => host.request("types/load", node === undefined ? {} : { node }));
  return told?.answer.text ?? "";
}
