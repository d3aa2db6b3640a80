export { ReceiptPrinter } from './driver.ts';
export { printLayout } from './encoder.ts';
export { findHanFont, findLineArtist } from './glyphs.ts';
export { hanFontFamily } from './han-cells.ts';
export { parsePrinterProfile, printerProfileNames, shippedPrinterProfile } from './profile.ts';
export type { PrinterProfile } from './profile.ts';
