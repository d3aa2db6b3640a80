export { ReceiptPrinter } from './driver.ts';
export { printLayout } from './encoder.ts';
export { findHanFont, findLineArtist, hanFontFamily } from './glyphs.ts';
export { parsePrinterProfile, printerProfileNames, shippedPrinterProfile } from './profile.ts';
export type { PrinterProfile } from './profile.ts';
