/** The mark of the service: a seal with two summits, cloud and the road between them. */
export function Emblem() {
  return (
    <svg className="emblem" viewBox="0 0 100 100" aria-hidden>
      <rect className="emblem-seal" x="3" y="3" width="94" height="94" rx="16" />
      <g className="emblem-lines" fill="none" strokeLinecap="round" strokeLinejoin="round">
        <path d="M14 62 36 26 50 46 62 32 86 62" />
        <path d="M30 36 36 44 42 35" />
        <path d="M16 74c8-6 16-6 24 0s16 6 24 0 14-6 20-1" />
        <path d="M28 84c7-4 14-4 21 0s15 4 23 0" />
      </g>
    </svg>
  );
}

/** A thin woven border: steps and diamonds as on Yunnan's cloth. A line of decoration, never a carrier of meaning. */
export function WovenLine() {
  return (
    <svg className="woven" aria-hidden>
      <defs>
        <pattern id="woven" width="24" height="10" patternUnits="userSpaceOnUse">
          <path
            d="M0 9 6 9 6 5 9 5 9 1 15 1 15 5 18 5 18 9 24 9"
            fill="none"
            stroke="var(--gold)"
            strokeWidth="1"
          />
          <path d="M12 4.2 14.4 6.6 12 9 9.6 6.6Z" fill="var(--gold)" />
        </pattern>
      </defs>
      <rect width="100%" height="10" fill="url(#woven)" />
    </svg>
  );
}
