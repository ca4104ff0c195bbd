import { outcomeOf } from "../edges/edge-story.js";
import { useEdgeStory } from "../edges/use-edge-story.js";
import type { EdgeTestView } from "../protocol/past.js";
import type { EdgeView } from "../protocol/views.js";
import { Fact } from "./fields.js";
import { Section } from "./section.js";

/** What came of an edge when its node finished last, and what its condition read; nothing before that. */
export function EdgeStoryPanel({ edge }: { readonly edge: EdgeView }): React.ReactElement | null {
  const story = useEdgeStory(edge.id, edge.from, true);
  if (story === undefined) return null;
  return (
    <Section title="Last tested">
      <Fact name="tested-superstep" label="Superstep">
        {String(story.superstep)}
      </Fact>
      {story.tests.map((test, place) => (
        // The tests of one superstep have no names, and stand in the order of their tasks.
        <TestFacts key={place} test={test} />
      ))}
    </Section>
  );
}

function TestFacts({ test }: { readonly test: EdgeTestView }): React.ReactElement {
  return (
    <>
      <Fact name="tested-outcome" label="Came to">
        {outcomeOf(test)}
      </Fact>
      {test.failure != null && (
        <pre className="run-error" data-fact="tested-failure">
          {test.failure.message}
        </pre>
      )}
      {test.reads.map(({ path, value }) => (
        <Fact key={path} name="tested-read" label={path}>
          <code>{value ?? "nothing"}</code>
        </Fact>
      ))}
    </>
  );
}
