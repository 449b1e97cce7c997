/** Whether this browser has closed the way to the lessons. */
const KEY = 'headlight-door';

const isClosed = (): boolean => {
  try {
    return localStorage.getItem(KEY) === 'closed';
  } catch {
    return false; // the browser keeps nothing, and shows it on every visit
  }
};

function closeForGood(): void {
  try {
    localStorage.setItem(KEY, 'closed');
  } catch {
    // It is closed until the page is left.
  }
}

/** Shows the way to the lessons until it is closed or gone through; called again on the same element, it changes nothing. */
function headlightDoor(door: HTMLElement): void {
  door.toggleAttribute('data-open', !isClosed());
  const close = door.querySelector('button');
  const lessons = door.querySelector('a');
  if (!close || !lessons) return;
  const shut = (): void => {
    closeForGood();
    door.removeAttribute('data-open');
  };
  lessons.onclick = shut;
  close.onclick = shut;
}

declare global {
  interface Window {
    headlightDoor: typeof headlightDoor;
  }
}
window.headlightDoor = headlightDoor;
export {};
