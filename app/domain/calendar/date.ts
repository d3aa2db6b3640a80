/** Calendar days as ISO text `YYYY-MM-DD`; such texts compare in calendar order. Years 1800 to 2999. */
interface Day {
  year: number;
  month: number;
  day: number;
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const lastDayOfMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

function parse(text: string): Day | null {
  const match = /^((?:1[89]|2\d)\d{2})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOfMonth(year, month)
    ? { year, month, day }
    : null;
}

/** For texts that were checked before: a wrong one here is a bug. */
function trusted(text: string): Day {
  const day = parse(text);
  if (day === null) throw new RangeError('not a calendar date');
  return day;
}

const format = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Whether the text is a day that exists. */
export const isCalendarDate = (text: string): boolean => parse(text) !== null;

export const yearOf = (date: string): number => trusted(date).year;

/** The first day is not counted (民法典第二百零一条): 31 January + 30 days = 2 March of a common year. */
export function addDays(date: string, days: number): string {
  const { year, month, day } = trusted(date);
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return format({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

/** The corresponding day, or the month's last day if it has none (民法典第二百零二条): 31 January + 1 month = 28/29 February. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = trusted(date);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return format({ ...target, day: Math.min(day, lastDayOfMonth(target.year, target.month)) });
}

/** As `addMonths`: 29 February 2024 + 1 year = 28 February 2025. */
export const addYears = (date: string, years: number): string => addMonths(date, years * 12);

export const firstOfMonth = (date: string): string => format({ ...trusted(date), day: 1 });

/** Completed years (周岁) on a day; who is born on 29 February completes a year on 1 March of a common year. */
export function completedYears(birth: string, on: string): number {
  const [from, to] = [trusted(birth), trusted(on)];
  const reached = to.month > from.month || (to.month === from.month && to.day >= from.day);
  return to.year - from.year - (reached ? 0 : 1);
}

/** Days from one day to a later one, the first counted and the last not; negative if the second lies earlier. */
export function daysBetween(from: string, to: string): number {
  const [first, last] = [trusted(from), trusted(to)];
  const at = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);
  return (at(last) - at(first)) / 86_400_000;
}

/** Whole months from one day until another (not counted itself); both ends as `addMonths` sees them. */
export function completedMonths(from: string, until: string): number {
  const [first, last] = [trusted(from), trusted(until)];
  const months = (last.year - first.year) * 12 + last.month - first.month;
  return addMonths(from, months) <= until ? months : months - 1;
}
