import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describeEvents } from '../app/core/journal/index.ts';

/** Writes docs/events.md from the catalogue in app/core/journal/events.ts. */
writeFileSync(fileURLToPath(new URL('../docs/events.md', import.meta.url)), describeEvents());
