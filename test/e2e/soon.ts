/** How long what a window does in response is waited for; only to end what hangs. */
export const SOON = { timeout: 20_000 };
