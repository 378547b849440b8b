import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1f24; background: #fff }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
textarea, pre { font: 14px/1.45 ui-monospace, monospace; width: 100%; height: 60vh; box-sizing: border-box; padding: .75rem;
  border: 1px solid #8c959f; border-radius: 6px; margin: .25rem 0; overflow: auto }
textarea.variables { height: 8rem }
input { font: 14px/1.45 ui-monospace, monospace; padding: .4rem .75rem; border: 1px solid #8c959f; border-radius: 6px }
button { font: inherit; padding: .4rem 1.2rem }
@media (max-width: 50rem) { main { grid-template-columns: 1fr } }
@media (prefers-color-scheme: dark) { body, textarea, input { color: #e6edf3; background: #0d1117 } }`;

const script = `
const [question, variables, answer, token] = ['question', 'variables', 'answer', 'token'].map((id) => document.getElementById(id));
async function ask() {
  answer.textContent = '…';
  try {
    const body = JSON.stringify({ query: question.value, variables: variables.value.trim() ? JSON.parse(variables.value) : {} });
    const headers = { 'content-type': 'application/json', ...(token.value && { authorization: 'Bearer ' + token.value.trim() }) };
    const response = await fetch('', { method: 'POST', headers, body });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = String(error);
  }
}
document.getElementById('ask').addEventListener('click', ask);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask(); });`;

/** Answers a browser that opens the address of the questions with a page to ask them; loads nothing from elsewhere. */
export function landingPage(title: string, example: string): RequestHandler {
  const html = pageOf(escapeHtml(title), escapeHtml(example));
  const policy = [
    `default-src 'none'`,
    `connect-src 'self'`,
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  return (request, response, next) => {
    const asksForPage =
      request.method === 'GET' && request.path === '/' && request.accepts(['json', 'html']) === 'html';
    if (!asksForPage || 'query' in request.query) next();
    else response.set('content-security-policy', policy).type('html').send(html);
  };
}

function pageOf(title: string, example: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body>
<h1>${title}</h1>
<main>
<section>
<label>Question<textarea id="question" spellcheck="false">${example}</textarea></label>
<label>Variables<textarea id="variables" class="variables" spellcheck="false" placeholder="{}"></textarea></label>
<button id="ask" type="button" title="Ctrl+Enter">Ask</button>
<label>Token, where one is needed <input id="token" type="password" autocomplete="off"></label>
</section>
<section><label for="answer">Answer</label><pre id="answer" role="status" tabindex="0"></pre></section>
</main>
<script>${script}</script>
</body>
</html>
`;
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
