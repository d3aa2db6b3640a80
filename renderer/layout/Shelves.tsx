import type { ReactNode } from 'react';

import { useDesk } from '../citizen/desk.ts';
import { Pager } from '../components/Pager.tsx';
import { Hands, Stage } from './Frame.tsx';

const GRIDS = { 1: 'one', 2: 'two', 3: 'three', 4: 'four' } as const;

/** A screen to choose from. `ways` lead on where nothing fits: below the list, or on a lying panel beside it. */
export function Choices({
  title,
  intro,
  list,
  ways,
}: {
  title: string;
  intro: string;
  list: ReactNode;
  ways: ReactNode;
}) {
  const { orientation } = useDesk();
  const beside = orientation === 'landscape';
  return (
    <>
      <Stage title={title} intro={intro}>
        {beside && ways}
      </Stage>
      <Hands label={title} large>
        {list}
        {!beside && ways}
      </Hands>
    </>
  );
}

/** Names of six characters at most, as many side by side as the panel has room for; more than a page is turned. */
export function Tiles({ tiles, sameAs }: { tiles: readonly ReactNode[]; sameAs: string }) {
  const { orientation } = useDesk();
  return <Rows items={tiles} sameAs={sameAs} columns={orientation === 'portrait' ? 3 : 4} />;
}

/** A few whole lines stand below each other; many stand in two columns. */
export function Lines({ lines, sameAs }: { lines: readonly ReactNode[]; sameAs: string }) {
  return <Rows items={lines} sameAs={sameAs} columns={lines.length > FEW ? 2 : 1} />;
}

const FEW = 6;

/** Things side by side in `columns`, row by row, on as many pages as they need. */
export function Rows({
  items,
  sameAs,
  columns,
}: {
  items: readonly ReactNode[];
  sameAs: string;
  columns: keyof typeof GRIDS;
}) {
  const rows = Array.from({ length: Math.ceil(items.length / columns) }, (_, row) =>
    items.slice(row * columns, (row + 1) * columns),
  );
  return (
    <Pager sameAs={`${sameAs} ${columns}`}>
      {rows.map((row, at) => (
        <div className={`grid ${GRIDS[columns]}`} key={at}>
          {row}
        </div>
      ))}
    </Pager>
  );
}
