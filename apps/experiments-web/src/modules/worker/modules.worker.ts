import { createModuleDesk } from './module-desk';
import type { Question } from './protocol';

const answer = createModuleDesk();

addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(answer(data)));
