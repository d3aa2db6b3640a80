import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A script of Yunnan that no receipt printer has in its font, and the font that draws it. */
export interface ScriptFont {
  /** Cells that begin with such a character are drawn with it. */
  has: RegExp;
  family: string;
  /** npm package and file of the font as it is shipped. */
  source: string;
  /** Name of the file that the printer driver reads. */
  file: string;
  /** Letter size in dots, so that the tallest stack stays in a line and no cell is wider than its two columns. */
  size: number;
}

const font = (script: string, name: string, size: number, style = 'sans'): ScriptFont => {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  return {
    has: new RegExp(`\\p{Script=${script}}`, 'u'),
    family: `Noto ${style === 'sans' ? 'Sans' : 'Serif'} ${name}`,
    source: `@fontsource/noto-${style}-${slug}/files/noto-${style}-${slug}-${slug}-400-normal.woff`,
    file: `${slug}.ttf`,
    size,
  };
};

/** Yi, Tibetan, New Tai Lue (西双版纳新傣文), Tai Le (德宏傣文), Tai Tham (老傣文), Lisu, Miao, and Myanmar for the border. */
export const scriptFonts: readonly ScriptFont[] = [
  font('Yi', 'Yi', 28),
  font('Tibetan', 'Tibetan', 23, 'serif'),
  font('New_Tai_Lue', 'New Tai Lue', 28),
  font('Tai_Le', 'Tai Le', 28),
  font('Tai_Tham', 'Tai Tham', 22),
  font('Lisu', 'Lisu', 26),
  font('Miao', 'Miao', 26),
  font('Myanmar', 'Myanmar', 24),
];

/** Dots of a line in which one of these scripts stands: stacks and signs above and below need the room. */
export const tallLineDots = 48;
export const tallBaseline = 30;

/** The font for a cell, if it stands in one of these scripts. */
export const scriptFontOf = (cell: string): ScriptFont | undefined =>
  scriptFonts.find(({ has }) => has.test(cell));

/** Beside the bundle in a built kiosk; from the sources, where the build puts it. */
const folders = ['./fonts/', '../../build/core/fonts/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Files of the shipped script fonts; none before the first build. */
export function findScriptFonts(): string[] {
  const folder = folders.find((each) => existsSync(each));
  return folder === undefined ? [] : scriptFonts.map(({ file }) => folder + file).filter(existsSync);
}
