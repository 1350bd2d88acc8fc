/** What the page of the view is made of; URIs as the webview may load them. */
export interface ViewPage {
  readonly script: string;
  readonly style: string;
  readonly cspSource: string;
  readonly nonce: string;
  /** What the script shows. */
  readonly view: 'profile' | 'jobs';
}

/**
 * The page of a view: a script, a style sheet, and no data. Nothing may be loaded but these, nothing may be
 * sent anywhere; figures come by messages after the script said `ready`.
 */
export function viewHtml({ script, style, cspSource, nonce, view }: ViewPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The controls try out a style of their own, under the nonce that the meta element below gives them.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${view === 'jobs' ? 'Job log' : 'Allocation profile'}</title>
</head>
<body data-view="${view}">
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
