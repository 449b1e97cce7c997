import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Takes a step of a picture at a pace. It stops at the last one, at Escape, and where the page goes to another address by
 * Back or Forward, which a step would undo.
 */
export class Player implements ReactiveController {
  playing = false;
  private timer = 0;
  private readonly host: ReactiveControllerHost;
  private readonly pace: number;
  private readonly advance: () => boolean;

  /** @param advance takes a step, and says whether another follows */
  constructor(host: ReactiveControllerHost, pace: number, advance: () => boolean) {
    this.host = host;
    this.pace = pace;
    this.advance = advance;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.stop);
    window.addEventListener('keydown', this.onKey, true);
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.stop);
    window.removeEventListener('keydown', this.onKey, true);
    this.stop();
  }

  start(): void {
    this.set(true);
    this.timer = window.setTimeout(this.take, this.pace);
  }

  readonly stop = (): void => {
    window.clearTimeout(this.timer);
    this.set(false);
  };

  private readonly take = (): void => {
    if (this.advance()) this.timer = window.setTimeout(this.take, this.pace);
    else this.stop();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.stop();
  };

  private set(playing: boolean): void {
    if (playing === this.playing) return;
    this.playing = playing;
    this.host.requestUpdate();
  }
}
