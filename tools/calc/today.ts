const CHINESE_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day it is in China now, as YYYY-MM-DD. */
export const todayInChina = (): string => CHINESE_DAY.format(new Date());
