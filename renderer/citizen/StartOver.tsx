import { Component, type ReactNode } from 'react';

import { ScreenBroke } from './screens/Overlays.tsx';

/** Long enough to be read. */
const SHOWN_MS = 5_000;

interface StartOverProps {
  /** The visit is to end: what was filled in is said to be gone. */
  onBroke: () => void;
  children: ReactNode;
}

/**
 * A fault while a screen is drawn takes the whole page down: React leaves nothing of it. This says so, ends the visit, and
 * loads the page anew, from the poster.
 */
export class StartOver extends Component<StartOverProps, { broke: boolean }> {
  override state = { broke: false };

  static getDerivedStateFromError(): { broke: boolean } {
    return { broke: true };
  }

  override componentDidCatch(): void {
    this.props.onBroke();
    setTimeout(() => location.reload(), SHOWN_MS);
  }

  override render(): ReactNode {
    return this.state.broke ? <ScreenBroke /> : this.props.children;
  }
}
