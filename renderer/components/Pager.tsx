import { ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Children,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';

import { Press } from './Press.tsx';
import { intoPages } from './pages.ts';

/**
 * Lays blocks out on as many pages as the room needs; nothing scrolls. Blocks are measured where they will stand, so
 * the pages are right in every language and size. Each child draws one element: a component that drew none would move all
 * after it by one. `sameAs` names what is shown: a new one starts at the first page.
 */
export function Pager({ children, sameAs }: { children: ReactNode; sameAs: string }) {
  const { t, i18n } = useTranslation('screen');
  const blocks = Children.toArray(children);
  const count = blocks.length;
  const room = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState({ of: sameAs, page: 0 });
  const page = turned.of === sameAs ? turned.page : 0;
  const setPage = (next: number) => setTurned({ of: sameAs, page: next });
  const [measured, setMeasured] = useState<Measured | null>(null);
  const changes = useLayoutChanges(room);
  const wanted = [sameAs, count, i18n.language, changes].join(' ');
  const plan = measured?.of === wanted ? measured.pages : null;

  useLayoutEffect(() => {
    const list = room.current?.firstElementChild;
    if (plan || !room.current || !(list instanceof HTMLElement)) return;
    if (list.children.length !== count) console.error('pager: a block drew no element, or several');
    const heights = [...list.children].map((block) => block.getBoundingClientRect().height);
    const gap = parseFloat(getComputedStyle(list).rowGap) || 0;
    const heads = (block: number) => list.children[block]?.tagName === 'H2';
    const pages = intoPages(heights, gap, room.current.clientHeight, turningHeight(room.current), heads);
    setMeasured({ of: wanted, pages });
  }, [plan, wanted, count]);

  const shown = plan ? Math.min(page, plan.length - 1) : 0;
  const visible = plan ? (plan[shown] ?? []) : blocks.map((_, at) => at);
  return (
    <div className="pager">
      <div className="pager-room" ref={room}>
        <div className={plan ? 'pager-list' : 'pager-list measuring'}>{visible.map((at) => blocks[at])}</div>
      </div>
      {plan && plan.length > 1 && (
        <nav className="pager-turn" aria-label={t('pager.name')}>
          {shown > 0 ? (
            <Press name="page-before" icon={ChevronLeft} tone="quiet" onPress={() => setPage(shown - 1)}>
              {t('pager.before')}
            </Press>
          ) : (
            <span />
          )}
          <span className="pager-where">{t('pager.where', { page: shown + 1, pages: plan.length })}</span>
          {shown < plan.length - 1 ? (
            <Press
              name="page-after"
              icon={ChevronRight}
              tone="quiet"
              className="icon-last"
              onPress={() => setPage(shown + 1)}
            >
              {t('pager.after')}
            </Press>
          ) : (
            <span />
          )}
        </nav>
      )}
    </div>
  );
}

interface Measured {
  /** What was measured, so that pages of something else are never shown. */
  of: string;
  pages: readonly (readonly number[])[];
}

/** Counts what may change heights: the room's size, the text size on the root, a font that came late. */
function useLayoutChanges(room: RefObject<HTMLElement | null>): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const again = () => setChanges((before) => before + 1);
    const resized = new ResizeObserver(again);
    if (room.current) resized.observe(room.current.parentElement ?? room.current);
    const restyled = new MutationObserver(again);
    restyled.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
    document.fonts.addEventListener('loadingdone', again);
    return () => {
      resized.disconnect();
      restyled.disconnect();
      document.fonts.removeEventListener('loadingdone', again);
    };
  }, [room]);
  return changes;
}

/** Height that the row for turning pages takes, in CSS pixels: margins included by padding. */
function turningHeight(element: Element): number {
  const probe = document.createElement('div');
  probe.className = 'pager-turn';
  probe.style.visibility = 'hidden';
  element.append(probe);
  const height = probe.getBoundingClientRect().height;
  probe.remove();
  return height;
}
