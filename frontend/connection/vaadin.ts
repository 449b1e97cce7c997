interface Vaadin {
  Flow?: { clients?: Record<string, { isActive?: () => boolean }> };
  connectionState?: { state: string };
}

function vaadin(): Vaadin {
  return (window as unknown as { Vaadin?: Vaadin }).Vaadin ?? {};
}

/** Whether something that was sent to the server has not been answered yet. */
export function isWaiting(): boolean {
  const { Flow, connectionState } = vaadin();
  const disconnected = connectionState !== undefined && connectionState.state !== 'connected';
  return disconnected || Object.values(Flow?.clients ?? {}).some((client) => client.isActive?.());
}

/** Ends Vaadin's own search for the server, which does not always see that it is found. */
export function setConnected(): void {
  const store = vaadin().connectionState;
  if (store && (store.state === 'reconnecting' || store.state === 'connection-lost')) store.state = 'connected';
}
