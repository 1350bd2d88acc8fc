import { expect, test } from 'vitest';
import { viewHtml } from '../../src/extension/viewHtml';

const page = viewHtml({
  script: 'https://x/webview.js',
  style: 'https://x/webview.css',
  cspSource: 'https://x',
  nonce: 'n0',
  view: 'profile',
});

test('the page allows its script and style and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.split('; ');
  expect(policy).toEqual([
    "default-src 'none'",
    "script-src 'nonce-n0'",
    "style-src https://x 'nonce-n0'",
    'font-src https://x',
    'img-src https://x data:',
  ]);
});

test('every script of the page has the nonce, and none is inline', () => {
  const scripts = page.match(/<script[^>]*>[^<]*/g);
  expect(scripts).toEqual(['<script nonce="n0" src="https://x/webview.js">']);
});
