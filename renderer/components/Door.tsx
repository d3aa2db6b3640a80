/** The pictures on the doors of the home screen and the steps of the poster, all drawn with the same pen. */
export type DoorPicture = 'talk' | 'scale' | 'hand' | 'slip' | 'card' | 'path' | 'book';

const strokes: Record<DoorPicture, readonly { d: string; accent?: boolean }[]> = {
  talk: [
    { d: 'M20 30h62a8 8 0 0 1 8 8v30a8 8 0 0 1-8 8H52L36 90V76H20a8 8 0 0 1-8-8V38a8 8 0 0 1 8-8Z' },
    { d: 'M28 46h46M28 60h30', accent: true },
    { d: 'M94 50h8a8 8 0 0 1 8 8v26a8 8 0 0 1-8 8h-4v11L86 92H68' },
  ],
  scale: [
    { d: 'M60 18v78M40 100h40M24 34h72' },
    { d: 'M24 34 10 66h28ZM96 34 82 66h28Z' },
    { d: 'M10 66a14 12 0 0 0 28 0M82 66a14 12 0 0 0 28 0', accent: true },
    { d: 'M60 18a5 5 0 1 0 .1 0' },
  ],
  hand: [
    { d: 'M12 76h18l16-6c6-2 12 0 14 4l2 4h22c7 0 7 10 0 10H58' },
    { d: 'M84 80l18-9c7-3 12 5 6 10L84 99c-5 4-10 5-16 4l-32-7H12' },
    { d: 'M60 20c-8-9-24-5-24 8 0 12 14 19 24 28 10-9 24-16 24-28 0-13-16-17-24-8Z', accent: true },
  ],
  slip: [
    { d: 'M22 22h76v16H22Z' },
    { d: 'M34 34h52v66l-7-6-6 6-7-6-6 6-7-6-6 6-7-6-6 6Z' },
    { d: 'M44 52h32M44 64h32M44 76h18', accent: true },
  ],
  path: [
    { d: 'M30 16h60a6 6 0 0 1 6 6v72a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6V22a6 6 0 0 1 6-6Z' },
    { d: 'M38 36l5 5 9-10M38 60l5 5 9-10M38 84l5 5 9-10', accent: true },
    { d: 'M62 38h22M62 62h22M62 86h14' },
  ],
  book: [
    { d: 'M60 34C48 24 30 22 14 26v62c16-4 34-2 46 8 12-10 30-12 46-8V26c-16-4-34-2-46 8Z' },
    { d: 'M60 34v62' },
    { d: 'M26 42c8-1 16 0 22 4M26 58c8-1 16 0 22 4M94 42c-8-1-16 0-22 4M94 58c-8-1-16 0-22 4', accent: true },
  ],
  card: [
    { d: 'M18 34h84a6 6 0 0 1 6 6v46a6 6 0 0 1-6 6H18a6 6 0 0 1-6-6V40a6 6 0 0 1 6-6Z' },
    { d: 'M26 50h34M26 62h26M26 76h44', accent: true },
    { d: 'M86 48a7 7 0 1 0 .1 0M74 76c0-14 24-14 24 0' },
  ],
};

export function Door({ picture }: { picture: DoorPicture }) {
  return (
    <svg className="door-picture" data-picture={picture} viewBox="0 0 120 116" aria-hidden>
      <g fill="none" strokeLinecap="round" strokeLinejoin="round" strokeWidth="3.4">
        {strokes[picture].map(({ d, accent }) => (
          <path key={d} d={d} className={accent ? 'accent' : 'pen'} />
        ))}
      </g>
    </svg>
  );
}
