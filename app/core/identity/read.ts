import type { CardFields, CardReadingView } from '../../contract/identity.ts';
import type { IdentityCard } from '../../domain/identity/card.ts';
import { maskIdNumber } from '../../domain/identity/number.ts';
import type { IdCardReaderPort } from '../../../hardware/id-card-reader/port.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions } from '../session/index.ts';
import type { LyingCard } from './lying-card.ts';

/** How long the reader looks for a card before it rests. */
const READ_TIMEOUT_MS = 60_000;

interface IdentityDependencies {
  sessions: Sessions;
  journal: Journal;
  reader: IdCardReaderPort;
  lyingCard: LyingCard;
  today: () => string;
}

/** The fields for the form on screen, and no others of the card. They pass through; nothing here keeps them. */
function cardFields(card: IdentityCard, today: string): CardFields {
  const number = card.number.reveal();
  return {
    name: card.name.reveal(),
    address: card.address.reveal(),
    number,
    maskedNumber: maskIdNumber(number),
    expired: card.validTo !== 'long-term' && card.validTo < today,
  };
}

/** Reads one card while the stream is open; the end of the visit or of the stream stops the reader. */
export async function* readCard(
  { sessions, journal, reader, lyingCard, today }: IdentityDependencies,
  { sessionId, signal }: { sessionId: string; signal: AbortSignal | undefined },
): AsyncGenerator<CardReadingView> {
  const visit = sessions.find(sessionId);
  if (visit === null) {
    yield { kind: 'failed', reason: 'no_session' };
    return;
  }
  const closed = new AbortController();
  const stop = AbortSignal.any([visit.signal, closed.signal, ...(signal ? [signal] : [])]);
  const tell = (outcome: string) =>
    journal.record({ type: 'identity.read', payload: { session: visit.id, outcome } });
  const readingEnded = lyingCard.readingBegins();
  visit.farewells.add(lyingCard.visitEnded);
  try {
    for await (const reading of reader.read({ signal: stop, timeoutMs: READ_TIMEOUT_MS })) {
      if (stop.aborted) return;
      if (reading.kind === 'read') {
        tell('read');
        yield { kind: 'read', fields: cardFields(reading.card, today()) };
        return;
      }
      if (reading.kind === 'failed') tell(reading.reason);
      yield reading;
    }
  } finally {
    closed.abort();
    // A card that could not be read is left behind as easily as any other.
    readingEnded();
  }
}
