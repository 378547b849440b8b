import type { AuditLog } from '@moda/service-kit';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Composer } from '../compose/composer.js';
import type { Downloads } from '../download/downloads.js';
import type { Publishing } from '../publish/publishing.js';

/** What the resolvers wrap. */
export interface Registry {
  readonly catalogue: Catalogue;
  readonly publishing: Publishing;
  readonly downloads: Downloads;
  readonly composer: Composer;
  readonly audit: AuditLog;
  readonly clock: () => Date;
}
