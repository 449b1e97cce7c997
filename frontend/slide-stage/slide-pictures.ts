interface Picture {
  /** The view that it began with, and the one that it shows, as addresses; empty until it is drawn. */
  first: string;
  now: string;
}

/** A live picture's element; the server's side of it shows another view. */
interface Looking extends Element {
  $server?: { look(view: string): void };
}

/**
 * The live pictures of a slide: which view each shows, told whenever someone changes one here, and changed here when told
 * from afar. Views are addresses, one a picture; of a picture that nobody has touched the view is empty.
 */
export class SlidePictures {
  private readonly pictures = new WeakMap<HTMLIFrameElement, Picture>();
  private wanted: string[] = [];

  /** @param changed told of all views after someone changed one of them here */
  constructor(
    private readonly stage: HTMLElement,
    private readonly changed: (views: string[]) => void,
  ) {}

  /** A frame has loaded (anew). */
  watch(frame: HTMLIFrameElement): void {
    const page = frame.contentDocument;
    if (!page) return;
    const picture = { first: '', now: '' };
    this.pictures.set(frame, picture);
    const look = () => this.seen(frame, picture);
    new MutationObserver(look).observe(page, { subtree: true, childList: true, attributeFilter: ['href'] });
    look();
  }

  /** Shows these views; an empty one means what the picture began with. */
  show(views: string[]): void {
    this.wanted = views;
    this.frames().forEach((frame, index) => this.turn(frame, index));
  }

  private frames(): HTMLIFrameElement[] {
    return [...this.stage.querySelectorAll('iframe')];
  }

  private seen(frame: HTMLIFrameElement, picture: Picture): void {
    const view = frame.contentDocument?.getElementById('open-in-headlight')?.getAttribute('href') ?? '';
    if (view === '' || view === picture.now) return;
    const before = picture.now;
    picture.now = view;
    const index = this.frames().indexOf(frame);
    if (before === '') {
      picture.first = view;
      this.turn(frame, index);
    } else if (view !== this.target(picture, index)) {
      this.wanted = this.frames().map((each, at) => this.view(each, at));
      this.changed(this.wanted);
    }
  }

  private view(frame: HTMLIFrameElement, index: number): string {
    const picture = this.pictures.get(frame);
    return picture && picture.now !== picture.first ? picture.now : picture && this.wanted[index] ? picture.now : '';
  }

  private target(picture: Picture, index: number): string {
    return this.wanted[index] || picture.first;
  }

  private turn(frame: HTMLIFrameElement, index: number): void {
    const picture = this.pictures.get(frame);
    if (!picture || picture.now === '' || picture.now === this.target(picture, index)) return;
    frame.contentDocument?.querySelector<Looking>('.hl-embed')?.$server?.look(this.target(picture, index));
  }
}
