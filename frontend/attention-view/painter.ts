import type { Box, Pointed } from './geometry.ts';
import { CanvasPen, SvgPen } from './pen.ts';
import type { Renderer, Scene, Size } from './scene.ts';

/** The two canvases of the size of the window: what stays, and above it what follows the pointer. */
export class Painter {
  private layout: Size = { width: 0, height: 0 };
  private arranged = [0, 0];
  private renderer?: Renderer;
  private readonly frame: HTMLElement;
  private readonly base: HTMLCanvasElement;
  private readonly overlay: HTMLCanvasElement;
  /** The part of the picture that was on the screen when something was scrolled into view. */
  private revealed = { left: 0, top: 0 };

  /** `frame` scrolls and holds one element of the whole picture's size, in which the canvases stay in view. */
  constructor(frame: HTMLElement) {
    this.frame = frame;
    [this.base, this.overlay] = frame.querySelectorAll('canvas');
  }

  /** Lays the scene out for the window as it is now. */
  arrange(renderer: Renderer, scene: Scene): void {
    const { frame } = this;
    this.renderer = renderer;
    // Canvases of the size before would bring scroll bars of their own, and so would the picture of before: a browser takes
    // bars away later than it is asked how large the window is.
    this.base.parentElement!.style.width = this.base.parentElement!.style.height = '0';
    frame.style.overflow = 'hidden';
    if (!this.layOut(scene, renderer)) {
      frame.style.overflow = ''; // The bars that it needs take room from it.
      this.layOut(scene, renderer);
    }
    for (const canvas of [this.base, this.overlay]) this.size(canvas);
    this.arranged = [frame.clientWidth, frame.clientHeight];
  }

  /** Whether the window still has the size that the scene was laid out for. */
  get isArranged(): boolean {
    return this.arranged[0] === this.frame.clientWidth && this.arranged[1] === this.frame.clientHeight;
  }

  /** Lays the scene out for the room that there is; says whether it fits there. */
  private layOut(scene: Scene, renderer: Renderer): boolean {
    const { clientWidth, clientHeight } = this.frame;
    this.layout = renderer.layout(scene, clientWidth, clientHeight);
    const { width, height } = this.layout;
    const { style } = this.frame.firstElementChild as HTMLElement;
    const [isWide, isHigh] = [width > clientWidth + 0.5, Math.floor(height) > clientHeight];
    style.width = isWide ? `${width}px` : '100%';
    style.height = `${Math.max(clientHeight, Math.floor(height))}px`;
    return !isWide && !isHigh;
  }

  private size(canvas: HTMLCanvasElement): void {
    const { clientWidth, clientHeight } = this.frame;
    const stage = canvas.parentElement!;
    stage.style.width = canvas.style.width = `${clientWidth}px`;
    stage.style.height = canvas.style.height = `${clientHeight}px`;
    const [width, height] = [clientWidth, clientHeight].map((length) => Math.round(length * devicePixelRatio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  /** The part of the picture that is on the screen. */
  get view(): Box {
    const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = this.frame;
    return { left, top, width, height };
  }

  drawBase(scene: Scene): void {
    this.renderer?.base(this.pen(this.base), scene, this.layout, this.view);
  }

  drawOverlay(scene: Scene): void {
    this.renderer?.overlay(this.pen(this.overlay), scene, this.layout, this.view);
    this.base.style.opacity = String(this.renderer?.baseOpacity(scene) ?? 1);
  }

  private pen(canvas: HTMLCanvasElement): CanvasPen {
    const context = canvas.getContext('2d')!;
    const { left, top } = this.view;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, -left * devicePixelRatio, -top * devicePixelRatio);
    return new CanvasPen(context);
  }

  /** What lies under a point of the browser's window. */
  hit(scene: Scene, clientX: number, clientY: number): Pointed | undefined {
    const box = this.frame.getBoundingClientRect();
    const { left, top } = this.view;
    return this.renderer?.hit(scene, this.layout, this.view, clientX - box.left + left, clientY - box.top + top);
  }

  /** Scrolls until a token or a line can be seen. */
  reveal(pointed: Pointed): void {
    const { left, top } = this.nearest(pointed);
    this.frame.scrollTo(left, top);
    this.revealed = this.view; // of what is larger than the window one end
  }

  /** Whether a token or a line can be seen, as far as scrolling would help. */
  shows(pointed: Pointed): boolean {
    const { view } = this;
    const isAt = ({ left, top }: { left: number; top: number }) =>
      Math.abs(left - view.left) < 1 && Math.abs(top - view.top) < 1;
    return isAt(this.revealed) || isAt(this.nearest(pointed));
  }

  /** Where the window would be scrolled to, so that a token or a line can be seen. */
  private nearest(pointed: Pointed): { left: number; top: number } {
    const { left, top, width, height } = this.view;
    if (!this.renderer || (pointed.destination < 0 && pointed.source < 0)) return { left, top };
    const box = this.renderer.place(this.layout, pointed);
    const place = (start: number, size: number, from: number, room: number) =>
      start < from ? start : start + size > from + room ? start + size - room : from;
    return { left: place(box.left, box.width, left, width), top: place(box.top, box.height, top, height) };
  }

  /** The whole picture, scrolled-away parts too, without what is pointed at. */
  svg(scene: Scene): string {
    const { renderer, layout } = this;
    if (!renderer) return '';
    const pen = new SvgPen();
    const still = { ...scene, pointed: undefined, elsewhere: null };
    const all = { left: 0, top: 0, width: layout.width, height: layout.height };
    renderer.base(pen, still, layout, all);
    renderer.overlay(pen, still, layout, all);
    return pen.document(layout.width, layout.height, scene.palette.surface);
  }

  /** As fine as a canvas of the browser can be. */
  get exportScale(): number {
    return Math.min(2, 16000 / Math.max(this.layout.width, this.layout.height));
  }
}
