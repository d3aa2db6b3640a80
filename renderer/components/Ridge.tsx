/**
 * 云岭: range behind range, as ink washes show them. Drawn from a few summits each, so that it stays sharp on any
 * panel; `lines` draws only the ridge lines, for the band.
 */
interface Summit {
  x: number;
  y: number;
}

const ranges: readonly { tone: string; summits: readonly Summit[] }[] = [
  {
    tone: 'far',
    summits: [
      [0, 210],
      [70, 168],
      [130, 190],
      [205, 112],
      [262, 60],
      [300, 92],
      [332, 74],
      [392, 138],
      [470, 108],
      [540, 162],
      [620, 120],
      [690, 176],
      [760, 140],
      [840, 190],
      [920, 150],
      [1000, 186],
    ].map(point),
  },
  {
    tone: 'middle',
    summits: [
      [0, 240],
      [90, 206],
      [180, 236],
      [300, 176],
      [380, 212],
      [470, 182],
      [560, 226],
      [650, 170],
      [716, 128],
      [770, 156],
      [806, 146],
      [880, 206],
      [950, 188],
      [1000, 214],
    ].map(point),
  },
  {
    tone: 'near',
    summits: [
      [0, 262],
      [120, 244],
      [240, 270],
      [360, 232],
      [480, 262],
      [600, 236],
      [720, 262],
      [840, 226],
      [920, 246],
      [1000, 232],
    ].map(point),
  },
  {
    tone: 'front',
    summits: [
      [0, 296],
      [160, 280],
      [330, 300],
      [520, 276],
      [700, 300],
      [860, 282],
      [1000, 294],
    ].map(point),
  },
];

function point(pair: number[]): Summit {
  return { x: pair[0] ?? 0, y: pair[1] ?? 0 };
}

/** Straight flanks with softly worn summits: a quadratic curve through the middles of the flanks. */
function ridgeLine(summits: readonly Summit[]): string {
  const [first, ...rest] = summits;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((summit, at) => {
    const next = rest[at + 1];
    if (!next) {
      path += `L${summit.x} ${summit.y}`;
      return;
    }
    const before = at === 0 ? first : (rest[at - 1] ?? first);
    const worn = 0.22;
    path += `L${summit.x - (summit.x - before.x) * worn} ${summit.y - (summit.y - before.y) * worn}`;
    path += `Q${summit.x} ${summit.y} ${summit.x + (next.x - summit.x) * worn} ${summit.y + (next.y - summit.y) * worn}`;
  });
  return path;
}

export function Ridge({ lines = false }: { lines?: boolean }) {
  return (
    <svg
      className={lines ? 'ridge lines' : 'ridge'}
      viewBox="0 0 1000 330"
      preserveAspectRatio={lines ? 'none' : 'xMidYMax slice'}
      aria-hidden
    >
      {ranges.map(({ tone, summits }) => (
        <g key={tone} className={`range ${tone}`}>
          <path className="range-body" d={`${ridgeLine(summits)}L1000 331L0 331Z`} />
          <path className="range-line" d={ridgeLine(summits)} vectorEffect="non-scaling-stroke" />
        </g>
      ))}
    </svg>
  );
}
