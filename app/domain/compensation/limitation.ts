import { addYears } from '../calendar/index.ts';

/** 民法典第一百八十八条, in force since 2021-01-01: years from the day on which the damage and who owes it were known. */
const CIVIL_YEARS = 3;
/** 劳动争议调解仲裁法第二十七条, in force since 2008-05-01: years from the day on which the infringement was known. */
const LABOUR_YEARS = 1;

/** The last day on which a civil claim is surely in time: ISO days, counted from the earliest one that can matter. */
export const claimBy = (from: string): string => addYears(from, CIVIL_YEARS);

/** The last day on which arbitration about work is surely in time, counted from the end of the employment. */
export const arbitrateBy = (end: string): string => addYears(end, LABOUR_YEARS);
