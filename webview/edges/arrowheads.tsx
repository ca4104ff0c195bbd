/** The arrowhead and the tail marks that edges point to by id; all take the colour of their edge. */
export function Arrowheads(): React.ReactElement {
  return (
    <svg className="arrowheads" aria-hidden="true">
      <defs>
        <marker
          id="pb-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0.5 0.5 L7.5 4 L0.5 7.5 Z" fill="context-stroke" />
        </marker>
        <marker
          id="pb-taken"
          viewBox="0 0 6 6"
          refX="0"
          refY="3"
          markerWidth="6"
          markerHeight="6"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <circle cx="3" cy="3" r="3" fill="context-stroke" />
        </marker>
        <marker
          id="pb-tested"
          viewBox="0 0 8 8"
          refX="0"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <circle className="tested-mark" cx="4" cy="4" r="3.2" stroke="context-stroke" />
        </marker>
      </defs>
    </svg>
  );
}
