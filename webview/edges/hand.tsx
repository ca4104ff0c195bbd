/** A hand, in the colour of the words beside it; codicons have none. */
export function Hand(): React.ReactElement {
  return (
    <svg className="hand" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" data-icon="hand">
      <path
        d="M5.5 8.5V3.2a1 1 0 0 1 2 0V7.5 M7.5 7V2.2a1 1 0 0 1 2 0V7 M9.5 7V3a1 1 0 0 1 2 0v5 M11.5 8V5.2a1 1 0 0 1 2 0V10c0 3-1.7 4.8-4.3 4.8-2 0-3-.8-4-2.4L2.7 8.6c-.5-.9.7-1.7 1.4-1L5.5 9.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.1"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
