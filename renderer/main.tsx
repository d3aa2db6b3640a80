import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/700.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/frame.css';
import './theme/parts.css';
import './theme/screens.css';
import './theme/calculators.css';
import './theme/speech.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Citizen } from './citizen/Citizen.tsx';
import { connect } from './connection.ts';
import { prepareWords } from './language.ts';

/** A page that fails at once would otherwise load without end. */
const RELOAD_AFTER_MS = 5_000;

const place = document.getElementById('screen');
if (!place) throw new Error('index.html has lost its #screen');

// A public screen has no context menu, no dragging and no text to select.
for (const gesture of ['contextmenu', 'dragstart', 'selectstart'] as const)
  document.addEventListener(gesture, (event) => event.preventDefault());

// Without a window manager a browser's kiosk mode does not fill the screen; the shell fits its window by itself.
if (!window.kiosk && (outerWidth !== screen.width || outerHeight !== screen.height)) {
  moveTo(0, 0);
  resizeTo(screen.width, screen.height);
}

const connection = connect(window);
await prepareWords();
// A fault outside the screens, which `StartOver` does not see: React leaves an empty page.
const onUncaughtError = (error: unknown) => {
  console.error(error);
  setTimeout(() => location.reload(), RELOAD_AFTER_MS);
};
createRoot(place, { onUncaughtError }).render(
  <StrictMode>
    <Citizen connection={connection} />
  </StrictMode>,
);
