import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The screens: static files for the shell's app:// protocol and for the loopback host. */
export default defineConfig({
  root: 'renderer',
  base: './',
  publicDir: false,
  plugins: [
    react(),
    {
      // Every browser this runs in reads woff2; the older woff twins would double the fonts on disk.
      name: 'woff2-only',
      enforce: 'pre',
      transform: (code, id) =>
        id.includes('@fontsource') && id.endsWith('.css')
          ? { code: code.replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, ''), map: null }
          : null,
    },
  ],
  build: {
    outDir: '../build/renderer',
    // The pinyin dictionary is built into the same folder; names without hashes leave no stale files behind.
    emptyOutDir: false,
    assetsInlineLimit: 0,
    target: 'chrome110',
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
});
