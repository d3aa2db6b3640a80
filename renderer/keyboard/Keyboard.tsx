import './keyboard.css';

import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyboardReact } from 'react-simple-keyboard';

import { candidatesFor, paginate, type Candidate } from './candidates.ts';
import { applyStroke, settle, type Composition } from './composition.ts';
import type { Dictionary } from './dictionary.ts';
import { loadDictionary } from './loadDictionary.ts';

type Page = 'pinyin' | 'latin' | 'capitals' | 'digits';

interface KeyboardProps {
  /** `digits` is a number pad without other pages; the other two can be switched by the person. */
  mode: 'pinyin' | 'latin' | 'digits';
  value: string;
  onChange: (value: string) => void;
  /** The text with open letters already turned into characters. */
  onDone: (value: string) => void;
  /** Words of the key that ends the input, e.g. 提问; the plain 完成 without it. */
  doneLabel?: string;
  maxLength: number;
}

const LAYOUTS: Record<Page | 'pad', string[]> = {
  pinyin: [
    'q w e r t y u i o p',
    'a s d f g h j k l',
    '{capitals} z x c v b n m {delete}',
    '{digits} {language} ， {space} 。 ？ {done}',
  ],
  latin: [
    'q w e r t y u i o p',
    'a s d f g h j k l',
    '{capitals} z x c v b n m {delete}',
    '{digits} {language} , {space} . ? {done}',
  ],
  capitals: [
    'Q W E R T Y U I O P',
    'A S D F G H J K L',
    '{small} Z X C V B N M {delete}',
    '{digits} {language} , {space} . ? {done}',
  ],
  digits: ['1 2 3 4 5', '6 7 8 9 0', '. - / % {delete}', '{letters} {space} {clear} {done}'],
  pad: ['1 2 3', '4 5 6', '7 8 9', '{clear} 0 {delete}', '{done}'],
};

/** Width of the candidate row in Han widths; the row shows a page at a time, nothing scrolls. */
const ROW_CAPACITY = 18;

/**
 * The kiosk's own keyboard: pinyin phrases (gongshang → 工伤, initials too), Latin, digits. The text is the parent's;
 * letters not yet chosen live here only and go when the keyboard does.
 */
export function Keyboard({ mode, value, onChange, onDone, doneLabel, maxLength }: KeyboardProps) {
  const { t } = useTranslation('keyboard');
  const [page, setPage] = useState<Page>(mode);
  const [letters, setLetters] = useState('');
  const [candidatePage, setCandidatePage] = useState(0);
  const dictionary = useDictionary(mode !== 'digits');
  const pages = useMemo(
    () => (dictionary && letters ? paginate(candidatesFor(letters, dictionary), ROW_CAPACITY) : []),
    [dictionary, letters],
  );

  const take = (next: Composition) => {
    setLetters(next.letters);
    setCandidatePage(0);
    if (next.text !== value) onChange(next.text);
  };
  const stroke = (action: Parameters<typeof applyStroke>[1]) =>
    take(applyStroke({ text: value, letters }, action, maxLength));
  /** The text with open letters turned into characters, as a person expects who goes on without choosing. */
  const settled = (): string =>
    settle(
      { text: value, letters },
      (open) => (dictionary ? candidatesFor(open, dictionary) : []),
      maxLength,
    );
  const settleNow = (): string => {
    const text = settled();
    take({ text, letters: '' });
    return text;
  };

  const write = (character: string) =>
    take(applyStroke({ text: settled(), letters: '' }, { kind: 'character', character }, maxLength));

  const press = (key: string): void => {
    const nextPage = pageAfter(key, page, mode);
    const first = pages[0]?.[0];
    if (key === '{done}') onDone(settleNow());
    else if (key === '{delete}') stroke({ kind: 'delete' });
    else if (key === '{clear}') stroke({ kind: 'clear' });
    else if (key === '{space}' && first) stroke({ kind: 'choose', candidate: first });
    else if (key === '{space}') write(' ');
    else if (nextPage) {
      settleNow();
      setPage(nextPage);
    } else if (page === 'pinyin' && /^[a-z]$/.test(key)) stroke({ kind: 'letter', letter: key });
    else write(key);
  };

  return (
    <section className="keyboard" data-page={mode === 'digits' ? 'pad' : page} aria-label={t('name')}>
      {page === 'pinyin' && (
        <CandidateRow
          letters={letters}
          page={pages[candidatePage] ?? []}
          hint={dictionary ? t('hint') : t('loading')}
          onChoose={(candidate) => stroke({ kind: 'choose', candidate })}
          {...(pages.length > 1
            ? { onMore: () => setCandidatePage((candidatePage + 1) % pages.length) }
            : {})}
        />
      )}
      <KeyboardReact
        baseClass="kiosk-keyboard"
        layout={LAYOUTS}
        layoutName={mode === 'digits' ? 'pad' : page}
        display={{
          '{delete}': t('delete'),
          '{clear}': t('clear'),
          '{space}': t('space'),
          '{done}': doneLabel ?? t('done'),
          '{digits}': t('digits'),
          '{letters}': t('letters'),
          '{capitals}': t('capitals'),
          '{small}': t('small'),
          '{language}': page === 'pinyin' ? t('to_latin') : t('to_pinyin'),
        }}
        buttonTheme={[
          { class: 'key-done', buttons: '{done}' },
          {
            class: 'key-quiet',
            buttons: '{delete} {clear} {digits} {letters} {capitals} {small} {language}',
          },
        ]}
        useButtonTag
        disableButtonHold
        onKeyPress={press}
      />
    </section>
  );
}

/** The page a key leads to, or null for a key that types. */
function pageAfter(key: string, page: Page, mode: KeyboardProps['mode']): Page | null {
  switch (key) {
    case '{digits}':
      return 'digits';
    case '{capitals}':
      return 'capitals';
    case '{small}':
      return 'latin';
    case '{letters}':
      return mode;
    case '{language}':
      return page === 'pinyin' ? 'latin' : 'pinyin';
    default:
      return null;
  }
}

interface CandidateRowProps {
  letters: string;
  page: readonly Candidate[];
  hint: string;
  onChoose: (candidate: Candidate) => void;
  onMore?: () => void;
}

function CandidateRow({ letters, page, hint, onChoose, onMore }: CandidateRowProps) {
  const { t } = useTranslation('keyboard');
  return (
    <div className="candidates" role="group" aria-label={t('candidates')}>
      {letters ? (
        <span className="candidates-letters">{letters}</span>
      ) : (
        <span className="candidates-hint">{hint}</span>
      )}
      {page.map((candidate) => (
        <button key={candidate.text} type="button" className="candidate" onClick={() => onChoose(candidate)}>
          {candidate.text}
        </button>
      ))}
      {onMore && (
        <button type="button" className="candidate candidate-more" onClick={onMore}>
          {t('more')}
        </button>
      )}
    </div>
  );
}

function useDictionary(wanted: boolean): Dictionary | null {
  const [dictionary, setDictionary] = useState<Dictionary | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    let shown = true;
    void loadDictionary().then((loaded) => {
      if (shown) setDictionary(loaded);
    });
    return () => {
      shown = false;
    };
  }, [wanted]);
  return dictionary;
}
