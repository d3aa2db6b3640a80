import english from '../../locales/en/shell.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/shell.json' with { type: 'json' };

/** The number of the public legal service hotline. */
const hotline = '12348';

const section = (language: string, words: typeof chinese.outOfService): string => `
  <section lang="${language}">
    <h1>${words.title}</h1>
    <p>${words.saved}</p>
    <p class="call">${words.call}</p>
    <p class="number">${hotline}</p>
    <p>${words.hours}</p>
    <p>${words.staff}</p>
  </section>`;

/** The page that stands when all else fails: no script, no file of the build, only words and the number. */
export const outOfServicePage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${chinese.windowTitle}</title>
<link rel="stylesheet" href="/-/out-of-service.css">
</head>
<body>${section('zh-CN', chinese.outOfService)}${section('en', english.outOfService)}
</body>
</html>`;

export const outOfServiceStyle = `
html { height: 100%; background: #f6f3ea; color: #1d2a26; font-family: 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
body { min-height: 100%; margin: 0; display: flex; flex-direction: column; justify-content: center; gap: 6vmin;
  align-items: center; text-align: center; user-select: none; cursor: default; }
h1 { font-size: 6vmin; margin: 0 0 3vmin; }
p { font-size: 3.2vmin; margin: 1vmin 0; line-height: 1.5; }
.call { margin-top: 4vmin; }
.number { font-size: 16vmin; font-weight: 700; line-height: 1.1; color: #8f1d1d; letter-spacing: 0.04em; }
section[lang='en'] { font-size: 0.6em; opacity: 0.85; }
section[lang='en'] h1 { font-size: 3.4vmin; }
section[lang='en'] p { font-size: 2.2vmin; }
section[lang='en'] .number { display: none; }
`;
