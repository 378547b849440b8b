import { describeTensorBackend } from '../testing/index.js';
import { openPortableBackend } from './open-portable.js';

describeTensorBackend('portable operators on plain JavaScript', () => openPortableBackend('cpu'));
