/** Five faces, from very dissatisfied (1) to very satisfied (5); the word always stands beside it. */
const mouths = [
  'M30 74c8-14 32-14 40 0',
  'M32 71c9-8 27-8 36 0',
  'M33 68h34',
  'M32 64c9 9 27 9 36 0',
  'M28 61c8 19 36 19 44 0Z',
] as const;
const brows = [
  'M26 34l14 6M74 34l-14 6',
  'M28 36l12 3M72 36l-12 3',
  '',
  '',
  'M27 36c4-5 10-5 14 0M59 36c4-5 10-5 14 0',
] as const;

export function Face({ score }: { score: 1 | 2 | 3 | 4 | 5 }) {
  return (
    <svg className={`face face-${score}`} viewBox="0 0 100 100" aria-hidden>
      <circle className="face-skin" cx="50" cy="50" r="44" />
      <g className="face-lines" strokeLinecap="round" strokeLinejoin="round" strokeWidth="4.5" fill="none">
        <path d={brows[score - 1]} />
        {score < 5 && <path d="M36 47v.1M64 47v.1" strokeWidth="9" />}
        {score === 5 && <path d="M31 48c3-5 8-5 11 0M58 48c3-5 8-5 11 0" />}
        <path d={mouths[score - 1]} className={score === 5 ? 'face-laugh' : ''} />
      </g>
    </svg>
  );
}
