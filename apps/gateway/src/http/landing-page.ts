import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

const style = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1f24; background: #fff }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
textarea, pre { font: 14px/1.45 ui-monospace, monospace; width: 100%; height: 50vh; box-sizing: border-box; padding: .75rem;
  border: 1px solid #8c959f; border-radius: 6px; margin: .25rem 0; overflow: auto }
#variables { height: 5rem }
#answer { height: calc(50vh + 7rem) }
#token { font: inherit; padding: .3rem .5rem; margin-right: .5rem; width: 16rem }
p { margin: .5rem 0 }
button { font: inherit; padding: .3rem 1.2rem; margin-right: .5rem }
@media (max-width: 50rem) { main { grid-template-columns: 1fr } }
@media (prefers-color-scheme: dark) { body, textarea, input { color: #e6edf3; background: #0d1117 } }`;

const script = `
const [question, variables, token, answer] = ['question', 'variables', 'token', 'answer'].map((id) => document.getElementById(id));
let leaving = new AbortController();
function leave() { leaving.abort(); leaving = new AbortController(); }
async function ask() {
  leave();
  const { signal } = leaving;
  answer.textContent = '…';
  try {
    const text = question.value;
    const body = JSON.stringify({ query: text, variables: variables.value.trim() ? JSON.parse(variables.value) : {} });
    const live = /^\\s*(#[^\\n]*\\s*)*subscription\\b/.test(text);
    const headers = { 'content-type': 'application/json', accept: live ? 'text/event-stream' : 'application/json' };
    if (token.value.trim()) headers.authorization = 'Bearer ' + token.value.trim();
    const response = await fetch(live ? '/graphql/stream' : '/graphql', { method: 'POST', headers, body, signal });
    if (!live || !response.ok) { answer.textContent = JSON.stringify(await response.json(), null, 2); return; }
    answer.textContent = '';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      answer.textContent = (answer.textContent + piece.value).slice(-100000);
  } catch (error) {
    if (!signal.aborted) answer.textContent = String(error);
  }
}
document.getElementById('ask').addEventListener('click', ask);
document.getElementById('leave').addEventListener('click', leave);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(); });`;

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MODA gateway</title><style>${style}</style></head>
<body>
<h1>MODA gateway</h1>
<main>
<section>
<label>Question<textarea id="question" spellcheck="false">{
  __schema {
    queryType { fields { name description } }
    subscriptionType { fields { name description } }
  }
}</textarea></label>
<label>Variables<textarea id="variables" spellcheck="false" placeholder="{}"></textarea></label>
<p><label>Token <input id="token" type="password" autocomplete="off" placeholder="where one is needed"></label></p>
<button id="ask" type="button" title="Ctrl+Enter">Ask</button><button id="leave" type="button">Stop listening</button>
</section>
<section><label for="answer">Answer</label><pre id="answer" role="status" tabindex="0"></pre></section>
</main>
<script>${script}</script>
</body>
</html>
`;

const policy = [
  `default-src 'none'`,
  `connect-src 'self'`,
  `script-src '${sourceHash(script)}'`,
  `style-src '${sourceHash(style)}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Answers a browser that opens the address of the questions with a page to ask them and to follow subscriptions; loads nothing from elsewhere. */
export const landingPage: RequestHandler = (request, response, next) => {
  const asksForPage =
    request.method === 'GET' && request.path === '/' && request.accepts(['json', 'html']) === 'html';
  if (asksForPage && !('query' in request.query))
    response.set('content-security-policy', policy).type('html').send(html);
  else next();
};

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
