export {
  addDays,
  addMonths,
  addYears,
  completedYears,
  firstOfMonth,
  isCalendarDate,
  yearOf,
} from './date.ts';
