/** What the picture needs of the editor's theme; VS Code gives colours as CSS variables and the kind as a class of the body. */
import { changePaletteFor } from './changePalette';
import { css, type Palette, paletteFor, type Rgb, type Swatch, type ThemeKind } from './palette';

export interface Theme {
  readonly palette: Palette;
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly fontFamily: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const kind = themeKind(document.body.classList);
  const dark = kind === 'dark' || kind === 'contrast-dark';
  const colour = (name: string): Rgb | null => rgbOf(style.getPropertyValue(`--vscode-${name}`).trim());
  return {
    palette: paletteFor(kind),
    background: colour('editor-background') ?? (dark ? [30, 30, 30] : [255, 255, 255]),
    foreground: colour('editor-foreground') ?? (dark ? [255, 255, 255] : [0, 0, 0]),
    fontFamily: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  };
}

/** Gives the palette to the style sheet as `--origin-0` and so on. On the body: the root's style is watched for themes. */
export function showColours({ palette }: Theme): void {
  const { style } = document.body;
  const set = (name: string, swatches: readonly Swatch[]): void =>
    swatches.forEach(({ inks }, at) => {
      style.setProperty(`--${name}-${at}`, css(inks[0]!.fill));
    });
  set('origin', palette.origins);
  set('category', [...palette.categories, palette.otherCategory]);
  set('heat', palette.heat);
  style.setProperty('--match', css(palette.match.fill));
  for (const [level, { fill }] of changePaletteFor(palette.kind).inks.entries())
    style.setProperty(`--change-${level}`, css(fill));
}

/** Calls back when the theme changes: VS Code then rewrites the body's class and the root's variables. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

/** High contrast light carries the class of high contrast as well: it is asked for first. */
function themeKind(classes: DOMTokenList): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'contrast-dark';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

/** Any CSS colour, by way of the canvas that normalises it; null when it is none. Transparency is dropped. */
function rgbOf(colour: string): Rgb | null {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context || colour === '' || !CSS.supports('color', colour)) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
