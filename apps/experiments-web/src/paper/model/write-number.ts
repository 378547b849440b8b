import { formatAccuracy, formatNumber, formatShare } from '@moda/ui';
import type { NumberForm } from './paper-table';

/** A number as the tables of the paper have it, units being in the header where they are not percent. */
export function writeNumber(form: NumberForm, value: number): string {
  switch (form) {
    case 'accuracy':
      return formatAccuracy(value);
    case 'share':
      return formatShare(value);
    case 'hours':
    case 'ratio':
      return value.toFixed(2);
    case 'points': {
      const rounded = (100 * value).toFixed(1);
      return rounded === '-0.0' ? '0.0' : rounded.replace('-', '−');
    }
    case 'number':
      return formatNumber(value);
  }
}
