import type { ChannelUser, ChannelUsesView } from "../../protocol/channels.js";
import { useServices } from "../../store/context.js";

/** Who reads and writes a channel; each leads to its node or edge. */
export function ChannelUsers({ uses }: { readonly uses: ChannelUsesView }): React.ReactElement {
  return (
    <>
      <Users label="Read by" name="readers" users={uses.readers} />
      <Users label="Written by" name="writers" users={uses.writers} />
    </>
  );
}

interface UsersProps {
  readonly label: string;
  readonly name: string;
  readonly users: readonly ChannelUser[];
}

function Users({ label, name, users }: UsersProps): React.ReactElement {
  const { store } = useServices();
  const show = ({ node, edge }: ChannelUser): void =>
    store.getState().requestReveal({ nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
  return (
    <div className="channel-users" data-users={name}>
      <span className="field-label">{label}</span>
      {users.length === 0 && <span className="quiet">nobody</span>}
      {users.map((user) => (
        <button
          key={user.node ?? user.edge}
          type="button"
          className="link"
          title={user.perhaps ? `${user.text} does not say which channels: it may.` : `Show ${user.text}`}
          onClick={() => show(user)}
        >
          {user.perhaps ? `${user.text}?` : user.text}
        </button>
      ))}
    </div>
  );
}
