/** Whether this browser has closed the way to the lessons. */
const KEY = 'headlight-door';

const isClosed = (): boolean => {
  try {
    return localStorage.getItem(KEY) === 'closed';
  } catch {
    return false; // the browser keeps nothing, and shows it on every visit
  }
};

/** Shows the way to the lessons unless it was closed; called again on the same element, it changes nothing. */
function headlightDoor(door: HTMLElement): void {
  door.toggleAttribute('data-open', !isClosed());
  const close = door.querySelector('button');
  if (!close) return;
  close.onclick = () => {
    try {
      localStorage.setItem(KEY, 'closed');
    } catch {
      // It is closed until the page is left.
    }
    door.removeAttribute('data-open');
  };
}

declare global {
  interface Window {
    headlightDoor: typeof headlightDoor;
  }
}
window.headlightDoor = headlightDoor;
export {};
