export {
  addDays,
  addMonths,
  addYears,
  completedMonths,
  completedYears,
  daysBetween,
  firstOfMonth,
  isCalendarDate,
  yearOf,
} from './date.ts';
