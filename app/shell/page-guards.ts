/**
 * Runs in the page's own world before its code and takes away what Chromium offers every page and no policy covers:
 * printing (crashes Electron 25 where there is no printer), closing and moving the window, native choosers. This binds
 * our own page and whatever it is made to do by accident; against hostile code stand the sandbox and the locked-down
 * user the kiosk runs as. Self-contained: it is carried over as source text.
 */
export function guardPage(): void {
  const inert = (): undefined => undefined;
  const take = (owner: object, names: readonly string[]): void => {
    for (const name of names) {
      if (name in owner)
        Object.defineProperty(owner, name, { value: inert, writable: false, configurable: false });
    }
  };
  take(window, [
    'print',
    'close',
    'stop',
    'open',
    'moveTo',
    'moveBy',
    'resizeTo',
    'resizeBy',
    'alert',
    'confirm',
    'prompt',
    'find',
    'showOpenFilePicker',
    'showSaveFilePicker',
    'showDirectoryPicker',
    'queryLocalFonts',
  ]);
  take(HTMLInputElement.prototype, ['showPicker']);
  take(HTMLSelectElement.prototype, ['showPicker']);
  take(Element.prototype, ['requestFullscreen', 'webkitRequestFullscreen', 'requestPointerLock']);
  take(Document.prototype, ['exitFullscreen', 'webkitExitFullscreen']);

  // A frame brings a fresh `window.print` that was never taken away.
  for (const frame of [HTMLIFrameElement, HTMLObjectElement]) {
    for (const name of ['contentWindow', 'contentDocument']) {
      Object.defineProperty(frame.prototype, name, { get: () => null, configurable: false });
    }
  }
  const execute = Object.getOwnPropertyDescriptor(Document.prototype, 'execCommand')?.value as (
    command: string,
    ...rest: unknown[]
  ) => boolean;
  Object.defineProperty(Document.prototype, 'execCommand', {
    value(this: Document, command: string, ...rest: unknown[]) {
      return command.trim().toLowerCase() === 'print' ? false : execute.call(this, command, ...rest);
    },
  });

  // A click inside a tree that is not on the page passes no listener of ours, so it does not happen.
  const click = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click')?.value as () => void;
  Object.defineProperty(HTMLElement.prototype, 'click', {
    value(this: HTMLElement) {
      if (this.isConnected) click.call(this);
    },
  });
  const dispatch = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'dispatchEvent')?.value as (
    event: Event,
  ) => boolean;
  Object.defineProperty(EventTarget.prototype, 'dispatchEvent', {
    value(this: EventTarget, event: Event) {
      if (event.type === 'click' && this instanceof Node && !this.isConnected) return false;
      return dispatch.call(this, event);
    },
  });
  const native =
    'input[type=file],input[type=color],input[type=date],input[type=datetime-local],input[type=month],input[type=week],input[type=time]';
  const refuse = (event: Event): void => {
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest(native)) event.preventDefault();
  };
  for (const type of ['click', 'mousedown', 'pointerdown', 'keydown'])
    window.addEventListener(type, refuse, true);
  for (const type of ['dragstart', 'dragover', 'drop', 'contextmenu']) {
    window.addEventListener(type, (event) => event.preventDefault(), true);
  }
}
