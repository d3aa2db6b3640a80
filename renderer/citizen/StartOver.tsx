import { Component, type ReactNode } from 'react';

import { ScreenBroke } from './screens/Overlays.tsx';

/** Long enough to be read. */
const SHOWN_MS = 5_000;

/**
 * A fault while a screen is drawn takes the whole page down: React leaves nothing of it. This says so and loads the page
 * anew, from the poster; what was filled in goes with the old page.
 */
export class StartOver extends Component<{ children: ReactNode }, { broke: boolean }> {
  override state = { broke: false };

  static getDerivedStateFromError(): { broke: boolean } {
    return { broke: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => location.reload(), SHOWN_MS);
  }

  override render(): ReactNode {
    return this.state.broke ? <ScreenBroke /> : this.props.children;
  }
}
