import QRCode from 'qrcode';

import english from '../../locales/en/shell.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/shell.json' with { type: 'json' };

/** The number of the public legal service hotline. */
const hotline = '12348';

/** What a phone reads and dials, as an address that holds the picture itself: this page may load nothing. */
function qrPicture(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 8;
  const dark = Array.from(modules.data.keys()).filter((at) => modules.data[at] === 1);
  const path = dark
    .map((at) => `M${(at % modules.size) + 4} ${Math.floor(at / modules.size) + 4}h1v1h-1z`)
    .join('');
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

const section = (language: string, words: typeof chinese.outOfService, call = ''): string => `
  <section lang="${language}">
    <h1>${words.title}</h1>
    <p>${words.saved}</p>
    <p class="call">${words.call}</p>
    ${call}
    <p>${words.hours}</p>
    <p>${words.staff}</p>
  </section>`;

/** The number to read and the number to scan; it needs no second language. */
const call = `<div class="hotline">
      <p class="number">${hotline}</p>
      <img class="qr" src="${qrPicture(`tel:${hotline}`)}" alt="${chinese.outOfService.qr} / ${english.outOfService.qr}">
    </div>`;

/** The page that stands when all else fails: no script, no file of the build, only words and the number. */
export const outOfServicePage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${chinese.windowTitle}</title>
<link rel="stylesheet" href="/-/out-of-service.css">
</head>
<body>${section('zh-CN', chinese.outOfService, call)}${section('en', english.outOfService)}
</body>
</html>`;

export const outOfServiceStyle = `
html { height: 100%; background: #f6f3ea; color: #1d2a26; font-family: 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
body { min-height: 100%; margin: 0; display: flex; flex-direction: column; justify-content: center; gap: 6vmin;
  align-items: center; text-align: center; user-select: none; cursor: default; }
h1 { font-size: 6vmin; margin: 0 0 3vmin; }
p { font-size: 3.2vmin; margin: 1vmin 0; line-height: 1.5; }
.call { margin-top: 4vmin; }
.hotline { display: flex; align-items: center; justify-content: center; gap: 5vmin; }
.qr { width: 18vmin; height: 18vmin; }
.number { font-size: 16vmin; font-weight: 700; line-height: 1.1; color: #8f1d1d; letter-spacing: 0.04em; }
section[lang='en'] { font-size: 0.6em; opacity: 0.85; }
section[lang='en'] h1 { font-size: 3.4vmin; }
section[lang='en'] p { font-size: 2.2vmin; }
`;
