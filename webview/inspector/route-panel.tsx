import "@vscode-elements/elements/dist/vscode-button/index.js";
import { forcedOf, spokenForce } from "../canvas/interventions.js";
import { redirecting } from "../canvas/redirecting.js";
import type { CommandName, CommandParams } from "../protocol/messages.js";
import type { EdgeView, GraphView } from "../protocol/views.js";
import { useCanvas, useServices } from "../store/context.js";
import { Fact } from "./fields.js";
import { Section } from "./section.js";

const none: readonly string[] = [];

/** Makes the run take an edge next, or takes that back. */
export function EdgeRoutePanel({ edge }: { readonly edge: EdgeView }): React.ReactElement | null {
  const run = useCanvas((state) => state.run);
  const trusted = useCanvas((state) => state.shown?.trusted === true);
  const redirect = redirecting(run, trusted);
  const forced = forcedOf(edge, run);
  if (redirect === undefined && forced === undefined) return null;
  return (
    <Section title="This run">
      {forced !== undefined && (
        <Fact name="forced" label="Edge">
          {spokenForce(forced)}
        </Fact>
      )}
      {redirect !== undefined && forced?.now !== true && (
        <RouteButton command="route/force" params={{ edge: edge.id }} title="Take this edge next" redirect={redirect} />
      )}
      {redirect !== undefined && forced?.now === true && (
        <RouteButton command="route/release" params={{ node: edge.from }} title="Release this edge" redirect={redirect} />
      )}
    </Section>
  );
}

/** Sends the run elsewhere from a node, or lets it go by its edges again. */
export function NodeRoutePanel({ id }: { readonly id: string }): React.ReactElement | null {
  const run = useCanvas((state) => state.run);
  const graph = useCanvas((state) => state.shown);
  const redirect = redirecting(run, graph?.trusted === true);
  const targets = run.overrides[id] ?? none;
  if (redirect === undefined) return null;
  return (
    <Section title="This run">
      {targets.length > 0 && (
        <Fact name="elsewhere" label="Goes from here to">
          {targets.map((target) => labelOf(graph, target)).join(", ")}
        </Fact>
      )}
      <RouteButton command="route/override" params={{ node: id }} title="Send this run elsewhere…" redirect={redirect} />
      {targets.length > 0 && <RouteButton command="route/restore" params={{ node: id }} title="By its edges again" redirect={redirect} />}
    </Section>
  );
}

interface RouteButtonProps<Name extends CommandName> {
  readonly command: Name;
  readonly params: CommandParams<Name>;
  readonly title: string;
  readonly redirect: { readonly able: boolean; readonly because: string };
}

function RouteButton<Name extends CommandName>({ command, params, title, redirect }: RouteButtonProps<Name>): React.ReactElement {
  const { host } = useServices();
  return (
    <vscode-button
      secondary
      data-command={command}
      disabled={!redirect.able}
      title={`${title}${redirect.because}`}
      onClick={() => host.command(command, params)}
    >
      {title}
    </vscode-button>
  );
}

function labelOf(graph: GraphView | undefined, id: string): string {
  if (id === "@end") return "End";
  return graph?.nodes.find((node) => node.id === id)?.label ?? id;
}
